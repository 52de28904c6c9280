import type { SgNode } from '@ast-grep/napi';
import type { Definition, Grammar, Shape } from '../flow/shape.ts';

function shapeOf(node: SgNode): Shape {
  switch (node.kind() as string) {
    case 'string':
      return stringOf(node);
    case 'concatenated_string':
      return { is: 'join', pieces: node.namedChildren() };
    case 'integer':
    case 'float':
    case 'true':
    case 'false':
    case 'none':
      return { is: 'literal', value: node.text() };
    case 'identifier':
      return { is: 'name', name: node.text() };
    case 'binary_operator': {
      const operator = node.field('operator')?.text();
      const sides = [node.field('left'), node.field('right')].filter((n) => n !== null);
      if (operator === '+' && sides.some((n) => /^(?:integer|float)$/.test(n.kind() as string)))
        return { is: 'scalar', operands: sides };
      if (operator === '/' && isPath(sides)) return { is: 'join', pieces: sides };
      // "%" formats when its left side is text, and most code that divides does not reach a filter.
      return operator === '+' || operator === '%'
        ? { is: 'join', pieces: sides }
        : { is: 'scalar', operands: sides };
    }
    case 'boolean_operator':
      return { is: 'either', options: [node.field('left'), node.field('right')].filter((n) => n !== null) };
    case 'comparison_operator':
    case 'not_operator':
    case 'unary_operator':
      return { is: 'scalar', operands: node.namedChildren() };
    case 'conditional_expression': {
      const [whenTrue, , whenFalse] = node.namedChildren();
      return { is: 'either', options: [whenTrue, whenFalse].filter((n) => n !== undefined) };
    }
    case 'parenthesized_expression':
    case 'await':
    case 'list_splat':
    case 'dictionary_splat': {
      const inner = node.namedChildren()[0];
      return inner ? { is: 'same', inner } : { is: 'opaque', children: [] };
    }
    case 'keyword_argument':
    case 'named_expression': {
      const inner = node.field('value');
      return inner ? { is: 'same', inner } : { is: 'opaque', children: [] };
    }
    case 'list':
    case 'tuple':
    case 'set':
    case 'expression_list':
      return { is: 'group', members: node.namedChildren() };
    // What it yields is what its elements carry; what it runs over reaches them by the names it binds.
    case 'list_comprehension':
    case 'set_comprehension':
    case 'generator_expression': {
      const body = node.field('body');
      return body ? { is: 'group', members: [body] } : { is: 'opaque', children: node.namedChildren() };
    }
    case 'dictionary':
      return { is: 'group', members: node.namedChildren().map((c) => c.field('value') ?? c) };
    case 'attribute':
      return { is: 'member', object: node.field('object')!, property: node.field('attribute')?.text() ?? '' };
    case 'subscript':
      return { is: 'index', object: node.field('value')!, index: node.field('subscript') };
    case 'call':
      return callOf(node);
    case 'lambda':
    case 'function_definition':
    case 'class_definition':
      return { is: 'function' };
    default:
      return { is: 'opaque', children: node.namedChildren() };
  }
}

/** Whether `/` joins two parts of a path: a text is one of them, or the first is named as a folder. */
function isPath([left, right]: readonly SgNode[]): boolean {
  if (right?.kind() === 'string') return true;
  return folder.test(left?.text() ?? '') || (left?.kind() === 'binary_operator' && isPath(pathSides(left)));
}

const folder = /(?:path|dir|root|base|folder|parent|home|cwd|storage)s?(?:\([^()]*\))?$/i;

const pathSides = (node: SgNode) => [node.field('left'), node.field('right')].filter((n) => n !== null);

function stringOf(node: SgNode): Shape {
  const children = node.namedChildren();
  if (children.some((c) => c.kind() === 'interpolation')) {
    return {
      is: 'join',
      pieces: children.map((c) => {
        if (c.kind() === 'interpolation') return c.field('expression') ?? c.namedChildren()[0] ?? '';
        return c.kind() === 'string_content' ? c.text() : '';
      }),
    };
  }
  const content = children.filter((c) => c.kind() === 'string_content').map((c) => c.text());
  return { is: 'literal', value: content.join('') };
}

function callOf(node: SgNode): Shape {
  const callee = node.field('function');
  const list = node.field('arguments');
  // `f(x for x in y)` has the generator itself where the list of arguments stands.
  const given = list?.kind() === 'generator_expression' ? [list] : (list?.namedChildren() ?? []);
  const args = given.filter((a) => a.kind() !== 'comment');
  if (callee === null) return { is: 'opaque', children: args };
  const isMember = callee.kind() === 'attribute';
  const name = isMember ? (callee.field('attribute')?.text() ?? '') : callee.text();
  const receiver = isMember ? callee.field('object') : null;
  if (name === 'format' && receiver !== null) return { is: 'join', pieces: [receiver, ...args] };
  return { is: 'call', name, callee: callee.text(), receiver, args };
}

function definitionsAt(node: SgNode): Definition[] {
  switch (node.kind() as string) {
    case 'assignment':
      return bound(node.field('left'), node.field('right'), 'assign');
    case 'augmented_assignment':
      return bound(node.field('left'), node.field('right'), 'extend');
    case 'named_expression':
      return bound(node.field('name'), node.field('value'), 'assign');
    case 'for_statement':
    case 'for_in_clause':
      return bound(node.field('left'), node.field('right'), 'loop');
    case 'as_pattern': {
      const target = node.field('alias');
      return bound(target?.namedChildren()[0] ?? target, node.namedChildren()[0] ?? null, 'assign');
    }
    case 'parameters':
    case 'lambda_parameters':
      return node.namedChildren().flatMap(parameterOf);
    case 'call':
      return filledBy(node);
    default:
      return [];
  }
}

/** `list.append(x)` adds x to what the name holds. A tuple is a record: which of its values is read later is not known. */
function filledBy(node: SgNode): Definition[] {
  const list = node.field('function')?.field('object');
  const value = node.field('arguments')?.namedChildren().at(-1);
  if (!list || !value || /^(?:tuple|dictionary)$/.test(value.kind() as string)) return [];
  return [{ name: list.text(), node: list, value, kind: 'extend' }];
}

function parameterOf(node: SgNode): Definition[] {
  const name = node.kind() === 'identifier' ? node : (node.field('name') ?? node.namedChildren()[0] ?? null);
  if (name === null) return [];
  const type = node.field('type')?.text();
  const annotations = node.field('value')?.text();
  const plain = name.kind() === 'identifier' ? name : (name.namedChildren()[0] ?? name);
  return [{ name: plain.text(), node: plain, value: null, kind: 'parameter', type, annotations }];
}

function bound(target: SgNode | null, value: SgNode | null, kind: Definition['kind']): Definition[] {
  if (target === null) return [];
  switch (target.kind() as string) {
    case 'identifier':
    case 'attribute':
      return [{ name: target.text(), node: target, value, kind }];
    case 'pattern_list':
    case 'tuple_pattern':
    case 'list_pattern':
      return pairwise(target, value, kind);
    default:
      return [];
  }
}

/** `a, b = x, y` binds each name to its own value when both sides have the same length. */
function pairwise(target: SgNode, value: SgNode | null, kind: Definition['kind']): Definition[] {
  const names = target.namedChildren();
  if (kind === 'loop' && names.length === 2 && /^enumerate\(/.test(value?.text() ?? '')) {
    // the first is a number, which no value has gone into
    return [...bound(names[0]!, null, kind), ...bound(names[1]!, value, kind)];
  }
  const values =
    value?.kind() === 'expression_list' || value?.kind() === 'tuple' ? value.namedChildren() : [];
  const matching = values.length === names.length;
  return names.flatMap((name, at) => bound(name, matching ? values[at]! : value, kind));
}

export const pythonGrammar: Grammar = {
  functions: ['function_definition', 'lambda'],
  blocks: [
    'module',
    'block',
    'if_statement',
    'elif_clause',
    'else_clause',
    'for_statement',
    'while_statement',
    'try_statement',
    'except_clause',
    'case_clause',
  ],
  definers: [
    'assignment',
    'augmented_assignment',
    'named_expression',
    'for_statement',
    'for_in_clause',
    'as_pattern',
    'parameters',
    'lambda_parameters',
  ],
  fillers: {
    kind: 'call',
    has: {
      field: 'function',
      kind: 'attribute',
      has: { field: 'attribute', regex: '^(?:append|extend|insert)$' },
    },
  },
  conditionals: [
    'if_statement',
    'elif_clause',
    'conditional_expression',
    'while_statement',
    'assert_statement',
  ],
  shapeOf,
  definitionsAt,
  isPrivate: (fn) => /^_[a-z]/.test(fn.field('name')?.text() ?? ''),
  requestSource:
    /^(?:flask\.|self\.|bottle\.|web\.)?(?:request|req)\.(?:args|form|values|json|data|files|cookies|headers|get_json|get_data|query_params|query_string|query|path_params|GET|POST|COOKIES|META|FILES|body|content|params|url|path|full_path|base_url|host|referrer|stream|match_info|rel_url|post|text|read)\b|^self\.(?:get_(?:query_|body_)?arguments?|get_cookie)\(|^event\b(?:\[|\.get\()|^(?:web\.input|self\.rfile\.read)\(/,
  requestMember:
    /^(?:args|arguments|form|forms|form_data|values|json|json_body|data|files|cookies|headers|query|query_params|query_string|path_params|params|GET|POST|COOKIES|META|FILES|body|raw_body|body_arguments|query_arguments|content|url|url_vars|uri|path|path_info|full_path|base_url|host|referrer|stream|match_info|matchdict|view_args|rel_url|post|text|read|raw_post_data|environ|scope|user_agent|authorization|input|payload|message|session|data_json)$/,
  throwsOutside: /\.relative_to\(/,
  localSource: /^(?:sys\.(?:argv|stdin)|os\.(?:environ|getenv)|input\(|raw_input\(|getenv\()/,
  requestType: /\b(?:Request|HttpRequest|WSGIRequest|web\.Request)\b/,
  requestName: /^(?:request|req)$/,
  perhapsRequest: { name: /^event\b/, served: /\bevent\b[^,()]*,\s*_?(?:context|ctx)\b/ },
  safeName:
    /^(?:self|cls|db|session|conn|connection|cursor|cur|client|engine|logger|log|app|err|error|exc|e|ex|i|j|idx|index|n|count|config|settings|loop|context|ctx|args|kwargs)$/,
  textType: /^(?:Optional\[)?(?:str|bytes)\b/,
  safeType:
    /^(?:int|float|bool|datetime|date|UUID|uuid\.UUID|Decimal|Callable\b.*|Session|AsyncSession|Enum|(?:Optional|List|list)\[(?:int|float|bool)\]|(?:int|float|bool)\s*\|\s*None)$/s,
  requestAnnotation:
    /\b(?:Query|Body|Form|Header|Cookie)\(|\b(?:Path|File)\(\s*(?:\.\.\.|\)|(?:title|description|alias|examples?|pattern|regex|m(?:in|ax)_length|g[te]|l[te])\s*=)/,
  routeAnnotation:
    /@\s*(?!\w*(?:cache|mock|click|cli|typer)\w*\.)[\w.]*\.?(?:route|get|post|put|delete|patch|websocket|api_view|view_config|expose)\b\s*\(/,
  cleansing:
    /^(?:int|float|bool|len|ord|hash|id|isinstance|quote|quote_plus|escape\w*|\w*_escape|urlencode|sanitize\w*|clean\w*|bleach|secure_filename|basename|uuid\w*|UUID|sha\d+|md5|hexdigest|isdigit|isalnum|startswith|endswith|count|index|validate\w*|is_valid\w*|literal|Identifier|compare_digest|literal_eval|safe_load|safe_join|round|abs|sum|min|max|type|enumerate_safe|strptime|fromisoformat|linear_regression)$/,
  pure: /^(?:join|format|strip|lstrip|rstrip|lower|upper|replace|split|encode|decode|str|int|float|bytes|bytearray|tuple|list|dict|set|frozenset|abspath|dirname|basename|realpath|Path|expanduser|normpath|getcwd|gettempdir|dedent|text|compile|len|range|enumerate|zip|reversed|sorted|items|keys|values|get|title|resolve|b64encode|b64decode|fromhex)$/,
};
