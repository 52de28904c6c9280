import type { SgNode } from '@ast-grep/napi';
import type { Definition, Grammar, Shape } from '../flow/shape.ts';

/** Formatting calls put text together; the rest of their arguments are the pieces. */
const formatting = /^fmt\.(?:Sprintf|Sprint|Sprintln|Errorf|Appendf)$/;

function shapeOf(node: SgNode): Shape {
  switch (node.kind() as string) {
    case 'interpreted_string_literal':
    case 'raw_string_literal':
    case 'rune_literal':
      return { is: 'literal', value: node.text().slice(1, -1) };
    case 'int_literal':
    case 'float_literal':
    case 'true':
    case 'false':
    case 'nil':
    case 'iota':
      return { is: 'literal', value: node.text() };
    case 'identifier':
      return { is: 'name', name: node.text() };
    case 'binary_expression': {
      const sides = [node.field('left'), node.field('right')].filter((n) => n !== null);
      // a number is added to numbers only
      const isText = node.field('operator')?.text() === '+' && !sides.some((n) => n.kind() === 'int_literal');
      return isText ? { is: 'join', pieces: sides } : { is: 'scalar', operands: sides };
    }
    case 'unary_expression': {
      const inner = node.field('operand');
      const operator = node.field('operator')?.text();
      if (inner === null) return { is: 'opaque', children: [] };
      return operator === '&' || operator === '*' || operator === '<-'
        ? { is: 'same', inner }
        : { is: 'scalar', operands: [inner] };
    }
    case 'parenthesized_expression':
    case 'variadic_argument': {
      const inner = node.namedChildren()[0];
      return inner ? { is: 'same', inner } : { is: 'opaque', children: [] };
    }
    case 'type_conversion_expression':
    case 'type_assertion_expression':
    case 'slice_expression': {
      const inner = node.field('operand');
      return inner ? { is: 'same', inner } : { is: 'opaque', children: [] };
    }
    case 'composite_literal':
      return { is: 'group', members: elementsOf(node.field('body')) };
    case 'literal_value':
      return { is: 'group', members: elementsOf(node) };
    case 'expression_list': {
      const members = node.namedChildren();
      return members.length === 1 ? { is: 'same', inner: members[0]! } : { is: 'group', members };
    }
    case 'selector_expression':
      return { is: 'member', object: node.field('operand')!, property: node.field('field')?.text() ?? '' };
    case 'index_expression':
      return { is: 'index', object: node.field('operand')!, index: node.field('index') };
    case 'call_expression':
      return callOf(node);
    case 'func_literal':
    case 'function_declaration':
    case 'method_declaration':
      return { is: 'function' };
    default:
      return { is: 'opaque', children: node.namedChildren() };
  }
}

function elementsOf(body: SgNode | null): SgNode[] {
  return (body?.namedChildren() ?? [])
    .filter((c) => c.kind() !== 'comment')
    .map((c) => (c.kind() === 'keyed_element' ? (c.namedChildren().at(-1) ?? c) : c))
    .map((c) => (c.kind() === 'literal_element' ? (c.namedChildren()[0] ?? c) : c));
}

function callOf(node: SgNode): Shape {
  const callee = node.field('function');
  const args = (node.field('arguments')?.namedChildren() ?? []).filter((a) => a.kind() !== 'comment');
  if (callee === null) return { is: 'opaque', children: args };
  if (formatting.test(callee.text())) return { is: 'join', pieces: formatted(args) };
  const isMember = callee.kind() === 'selector_expression';
  const receiver = isMember ? callee.field('operand') : null;
  const name = isMember ? (callee.field('field')?.text() ?? '') : callee.text();
  return { is: 'call', name, callee: callee.text(), receiver, args };
}

/** A format and the values in it, but for those that are written as numbers and booleans. */
function formatted(args: readonly SgNode[]): readonly SgNode[] {
  const [format, ...values] = args;
  const text = /_string_literal$/.test(format?.kind() as string) ? format!.text() : '';
  const verbs = [...text.matchAll(/%([-+ #0]*[\d.]*[*[]?)([A-Za-z%])/g)].filter(([, , verb]) => verb !== '%');
  if (format === undefined || verbs.some(([, flags]) => /[*[]$/.test(flags!))) return args;
  return [format, ...values.filter((_, at) => !/^[dtbocfgeU]$/i.test(verbs[at]?.[2] ?? ''))];
}

function definitionsAt(node: SgNode): Definition[] {
  switch (node.kind() as string) {
    case 'short_var_declaration':
      return pairwise(node.field('left'), node.field('right'), 'assign');
    case 'assignment_statement': {
      const kind = node.field('operator')?.text() === '=' ? 'assign' : 'extend';
      return pairwise(node.field('left'), node.field('right'), kind);
    }
    case 'var_spec':
    case 'const_spec': {
      const names = node.fieldChildren('name');
      const value = node.field('value');
      return names
        .filter((n) => n.kind() === 'identifier')
        .map((n, at) => ({
          name: n.text(),
          node: n,
          value: valueAt(value, at, names.length),
          kind: 'assign' as const,
        }));
    }
    case 'range_clause':
      return pairwise(node.field('left'), node.field('right'), 'loop');
    case 'parameter_declaration':
    case 'variadic_parameter_declaration': {
      // A method's receiver is an object of this program, as `this` is; what was put into it is followed.
      const list = node.parent();
      if (list !== null && list.parent()?.field('receiver')?.id() === list.id()) return [];
      const type = node.field('type')?.text();
      return node
        .fieldChildren('name')
        .map((n) => ({ name: n.text(), node: n, value: null, kind: 'parameter' as const, type }));
    }
    default:
      return [];
  }
}

function pairwise(left: SgNode | null, right: SgNode | null, kind: Definition['kind']): Definition[] {
  const names = left?.kind() === 'expression_list' ? left.namedChildren() : left === null ? [] : [left];
  return names
    .map((node, at) => ({ name: node.text(), node, value: valueAt(right, at, names.length), kind }))
    .filter((d) => d.name !== '_');
}

function valueAt(list: SgNode | null, at: number, names: number): SgNode | null {
  if (list === null || list.kind() !== 'expression_list') return list;
  const values = list.namedChildren();
  return values.length === names ? values[at]! : list;
}

export const goGrammar: Grammar = {
  functions: ['function_declaration', 'method_declaration', 'func_literal'],
  blocks: [
    'source_file',
    'block',
    'if_statement',
    'for_statement',
    'expression_case',
    'type_case',
    'default_case',
    'communication_case',
  ],
  definers: [
    'short_var_declaration',
    'assignment_statement',
    'var_spec',
    'const_spec',
    'range_clause',
    'parameter_declaration',
    'variadic_parameter_declaration',
  ],
  conditionals: ['if_statement', 'for_statement'],
  shapeOf,
  definitionsAt,
  // other files of the package may call every function
  isPrivate: () => false,
  requestSource:
    /^(?:\w+\.)?(?:r|req|request|c|ctx|context|re)(?:\.Request(?:\(\))?)?\.(?:URL|Form|PostForm|MultipartForm|FormValue|PostFormValue|FormFile|Body|Header|Host|RequestURI|Referer|UserAgent|Cookies?|PathValue|Query|QueryParam|DefaultQuery|Param|Params|Bind\w*|ShouldBind\w*|PostForm|DefaultPostForm|GetRawData|GetQuery|GetHeader|FormParams|BodyParser|ParamsInt)\b|^(?:mux\.Vars|chi\.URLParam|httprouter\.ParamsFromContext)\(/,
  localSource: /^(?:os\.(?:Args|Getenv|LookupEnv|Environ|Stdin)|flag\.(?:Arg|Args|String))\b/,
  requestType:
    /\b(?:http\.Request|gin\.Context|echo\.Context|fiber\.Ctx|fasthttp\.RequestCtx|APIGatewayProxyRequest)\b/,
  requestName: /(?!)/,
  perhapsRequest: { name: /(?!)/, served: /(?!)/ },
  safeName: /^(?:_|i|j|n|err|t|b|ok|db|tx|ctx|w|rw|logger|log|cfg|config|s|srv|mu|wg)$/,
  textType: /^(?:\.\.\.|\[\])?string$|^\[\]byte$/,
  safeType:
    /^\*?(?:u?int(?:8|16|32|64)?|float(?:32|64)|bool|byte|rune|error|context\.Context|http\.ResponseWriter|time\.\w+|\*?sql\.\w+|testing\.\w+|uuid\.UUID|func\b.*|chan\b.*|sync\.\w+|\[\](?:u?int\d*|float\d*|bool))$/s,
  requestAnnotation: /(?!)/,
  routeAnnotation: /(?!)/,
  cleansing:
    /^(?:Atoi|Itoa|FormatInt|FormatUint|FormatFloat|FormatBool|ParseInt|ParseUint|ParseFloat|ParseBool|Quote|QueryEscape|PathEscape|EscapeString|HTMLEscapeString|JSEscapeString|Base|len|cap|int|int8|int16|int32|int64|uint\d*|float32|float64|bool|Sum\d*|New|MustParse|Contains|HasPrefix|HasSuffix|Sanitize\w*|sanitize\w*|Escape\w*|escape\w*|Clean\w*Html|QuoteIdentifier|QuoteLiteral|Validate\w*|validate\w*|IsLocal|SecureJoin|Marshal|MarshalIndent|NewRequest)$/,
  pure: /^(?:string|Join|Concat|Clean|ToLower|ToUpper|TrimSpace|Trim|TrimPrefix|TrimSuffix|Replace|ReplaceAll|Repeat|Split|Abs|Dir|Base|Title|byte|append|int|int64|float64|len|TempDir|Fields|MustCompile)$/,
};
