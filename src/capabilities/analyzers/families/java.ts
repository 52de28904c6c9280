import type { SgNode } from '@ast-grep/napi';
import type { Definition, Grammar, Shape } from '../flow/shape.ts';

function shapeOf(node: SgNode): Shape {
  const kind = node.kind() as string;
  switch (kind) {
    case 'string_literal':
    case 'character_literal':
      return { is: 'literal', value: node.text().slice(1, -1) };
    case 'decimal_integer_literal':
    case 'hex_integer_literal':
    case 'octal_integer_literal':
    case 'binary_integer_literal':
    case 'decimal_floating_point_literal':
    case 'true':
    case 'false':
    case 'null_literal':
    case 'class_literal':
      return { is: 'literal', value: node.text() };
    case 'identifier':
    case 'this':
      return { is: 'name', name: node.text() };
    case 'binary_expression': {
      const sides = [node.field('left'), node.field('right')].filter((n) => n !== null);
      return node.field('operator')?.text() === '+'
        ? { is: 'join', pieces: sides }
        : { is: 'scalar', operands: sides };
    }
    case 'ternary_expression':
      return {
        is: 'either',
        condition: node.field('condition'),
        options: [node.field('consequence'), node.field('alternative')].filter((n) => n !== null),
      };
    case 'unary_expression':
    case 'update_expression':
    case 'instanceof_expression':
      return { is: 'scalar', operands: node.namedChildren() };
    case 'parenthesized_expression':
    case 'cast_expression':
    case 'assignment_expression': {
      const field = kind === 'cast_expression' ? 'value' : 'right';
      const inner = kind === 'parenthesized_expression' ? node.namedChildren()[0] : node.field(field);
      return inner ? { is: 'same', inner } : { is: 'opaque', children: [] };
    }
    case 'array_initializer':
      return { is: 'group', members: node.namedChildren() };
    case 'array_creation_expression':
      return { is: 'group', members: node.field('value')?.namedChildren() ?? [] };
    case 'field_access':
      return { is: 'member', object: node.field('object')!, property: node.field('field')?.text() ?? '' };
    case 'array_access':
      return { is: 'index', object: node.field('array')!, index: node.field('index') };
    case 'method_invocation': {
      const receiver = node.field('object');
      const name = node.field('name')?.text() ?? '';
      const args = argumentsOf(node);
      if (name === 'format' && receiver?.text() === 'String') return { is: 'join', pieces: args };
      if (name === 'nCopies' && args.length === 2) return { is: 'same', inner: args[1]! };
      if ((name === 'formatted' || name === 'concat') && receiver !== null)
        return { is: 'join', pieces: [receiver, ...args] };
      return { is: 'call', name, callee: receiver ? `${receiver.text()}.${name}` : name, receiver, args };
    }
    case 'object_creation_expression': {
      const type = node.field('type')?.text() ?? '';
      return { is: 'call', name: type, callee: `new ${type}`, receiver: null, args: argumentsOf(node) };
    }
    case 'lambda_expression':
    case 'method_declaration':
    case 'class_declaration':
      return { is: 'function' };
    default:
      return { is: 'opaque', children: node.namedChildren() };
  }
}

function argumentsOf(node: SgNode): SgNode[] {
  return (node.field('arguments')?.namedChildren() ?? []).filter(
    (a) => !String(a.kind()).endsWith('comment'),
  );
}

function definitionsAt(node: SgNode): Definition[] {
  switch (node.kind() as string) {
    case 'variable_declarator':
    case 'resource':
      return named(node, node.field('value'), 'assign');
    case 'assignment_expression': {
      const left = node.field('left');
      if (left === null) return [];
      const kind = node.field('operator')?.text() === '=' ? 'assign' : 'extend';
      const name = left.kind() === 'array_access' ? (left.field('array') ?? left) : left;
      return [
        { name: name.text(), node: name, value: node.field('right'), kind: name === left ? kind : 'extend' },
      ];
    }
    case 'enhanced_for_statement':
      return named(node, node.field('value'), 'loop');
    case 'formal_parameter':
    case 'spread_parameter': {
      const modifiers = node.children().find((c) => c.kind() === 'modifiers');
      return named(node, null, 'parameter').map((d) => ({
        ...d,
        type: node.field('type')?.text(),
        annotations: modifiers?.text(),
      }));
    }
    case 'catch_formal_parameter':
      return named(node, null, 'caught');
    case 'inferred_parameters':
      return node.namedChildren().map((n) => ({ name: n.text(), node: n, value: null, kind: 'parameter' }));
    case 'lambda_expression': {
      const parameter = node.field('parameters');
      if (parameter?.kind() !== 'identifier') return [];
      return [{ name: parameter.text(), node: parameter, value: null, kind: 'parameter' }];
    }
    case 'method_invocation':
      return builderOf(node);
    default:
      return [];
  }
}

function named(node: SgNode, value: SgNode | null, kind: Definition['kind']): Definition[] {
  const name = node.field('name');
  return name === null ? [] : [{ name: name.text(), node: name, value, kind }];
}

/** `builder.append(x)`, `list.add(x)`, `map.put(k, x)` add x to what the name holds; `list.remove(0)` takes away. */
function builderOf(node: SgNode): Definition[] {
  const receiver = node.field('object');
  const change = node.field('name')?.text();
  if (receiver?.kind() !== 'identifier') return [];
  if (change !== 'append' && change !== 'add' && change !== 'put' && change !== 'remove') return [];
  const args = argumentsOf(node);
  const value = change === 'remove' ? null : (args.at(-1) ?? null);
  const key = change === 'put' || change === 'remove' ? args[0] : undefined;
  return [{ name: receiver.text(), node: receiver, value, kind: 'extend', change, key }];
}

export const javaGrammar: Grammar = {
  functions: [
    'method_declaration',
    'constructor_declaration',
    'lambda_expression',
    'compact_constructor_declaration',
  ],
  blocks: [
    'program',
    'class_body',
    'block',
    'constructor_body',
    'if_statement',
    'for_statement',
    'enhanced_for_statement',
    'while_statement',
    'do_statement',
    'switch_block_statement_group',
    'switch_rule',
    'catch_clause',
  ],
  definers: [
    'variable_declarator',
    'resource',
    'assignment_expression',
    'enhanced_for_statement',
    'formal_parameter',
    'spread_parameter',
    'catch_formal_parameter',
    'inferred_parameters',
    'lambda_expression',
    'method_invocation',
  ],
  conditionals: ['if_statement', 'ternary_expression', 'while_statement'],
  shapeOf,
  definitionsAt,
  isPrivate: (fn) => fn.children().some((c) => c.kind() === 'modifiers' && /\bprivate\b/.test(c.text())),
  requestSource:
    /^(?:this\.)?(?:\w*[rR]eq(?:uest)?|ctx|context|exchange|scr|http\w*Request)\.(?:getParameter(?:Values|Map|Names)?|getHeaders?|getHeaderNames|getCookies|getQueryString|getInputStream|getReader|getPart|getParts|getRequestURI|getRequestURL|getPathInfo|getServletPath|getTheParameter|getTheValue|queryParams?|queryParam|formParam|pathParam|body|params|getRequestParameter|getMultiFileMap|getRemoteUser|getServerName)\(|^(?:Servlet)?WebUtils\.getCookie\(/,
  localSource: /^(?:System\.(?:getenv|getProperty|in|console)\b|args\[)/,
  requestType:
    /\b(?:HttpServletRequest|ServletRequest|WebRequest|ServerHttpRequest|ServerWebExchange|HttpExchange|RoutingContext|MultipartFile|HttpRequest|ServerRequest)\b/,
  requestName: /(?!)/,
  perhapsRequest: { name: /(?!)/, served: /(?!)/ },
  safeName: /^(?:e|ex|err|i|j|n|index|count|logger|log|connection|conn|statement|session|em|response|resp)$/,
  textType: /^(?:String|CharSequence)(?:\[\]|\.\.\.)?$/,
  safeType:
    /^(?:int|long|short|byte|double|float|boolean|char|Integer|Long|Short|Double|Float|Boolean|BigDecimal|BigInteger|UUID|Date|Local\w+|Instant|Duration|Class(?:<.*>)?|HttpServletResponse|ServletResponse|Connection|Statement|PreparedStatement|EntityManager|Session|Model|ModelMap|Pageable|Throwable|\w*Exception|Logger|Locale|(?:List|Set|Collection)<(?:Integer|Long)>|\w*Enum)$/s,
  requestAnnotation:
    /@(?:RequestParam|PathVariable|RequestBody|RequestHeader|CookieValue|MatrixVariable|ModelAttribute|QueryParam|PathParam|FormParam|HeaderParam|CookieParam|RequestPart)\b/,
  routeAnnotation: /(?!)/,
  cleansing:
    /^(?:parseInt|parseLong|parseDouble|parseBoolean|valueOf|intValue|length|size|hashCode|equals|equalsIgnoreCase|contains|startsWith|endsWith|isEmpty|indexOf|matches|encode\w*|escape\w*|\w*[eE]scape\w*|sanitize\w*|clean\w*|htmlEscape|forHtml\w*|forJavaScript\w*|quote|fromString|UUID|validate\w*|isValid\w*|getName|nextInt|digest|Integer|Long|ObjectId|compareTo|getClass)$/,
  pure: /^(?:concat|trim|strip|toLowerCase|toUpperCase|replace|replaceAll|substring|split|toString|String|format|formatted|join|valueOf|of|asList|get|getBytes|toCharArray|StringBuilder|StringBuffer|append|get|Path|Paths|File|URL|URI|create|stripIndent|intern|repeat)$/,
};
