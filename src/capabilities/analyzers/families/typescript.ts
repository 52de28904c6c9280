import type { SgNode } from '@ast-grep/napi';
import type { Definition, Grammar, Shape } from '../flow/shape.ts';

const joined = new Set(['+']);
const eitherOf = new Set(['||', '&&', '??']);

function shapeOf(node: SgNode): Shape {
  const kind = node.kind() as string;
  switch (kind) {
    case 'string':
      return { is: 'literal', value: unquoted(node.text()) };
    case 'number':
    case 'true':
    case 'false':
    case 'null':
    case 'undefined':
    case 'regex':
      return { is: 'literal', value: node.text() };
    case 'template_string':
      return {
        is: 'join',
        pieces: node
          .namedChildren()
          .map((c) => (c.kind() === 'template_substitution' ? (c.namedChildren()[0] ?? '') : c.text())),
      };
    case 'identifier':
    case 'shorthand_property_identifier':
    case 'this':
      return { is: 'name', name: node.text() };
    case 'binary_expression': {
      const operator = node.field('operator')?.text() ?? '';
      const sides = [node.field('left'), node.field('right')].filter((n) => n !== null);
      if (joined.has(operator)) return { is: 'join', pieces: sides };
      return eitherOf.has(operator) ? { is: 'either', options: sides } : { is: 'scalar', operands: sides };
    }
    case 'ternary_expression':
      return {
        is: 'either',
        condition: node.field('condition'),
        options: [node.field('consequence'), node.field('alternative')].filter((n) => n !== null),
      };
    case 'unary_expression':
    case 'update_expression':
      return { is: 'scalar', operands: node.namedChildren() };
    case 'parenthesized_expression':
    case 'await_expression':
    case 'as_expression':
    case 'satisfies_expression':
    case 'non_null_expression':
    case 'spread_element':
    case 'assignment_expression': {
      const inner = kind === 'assignment_expression' ? node.field('right') : node.namedChildren()[0];
      return inner ? { is: 'same', inner } : { is: 'opaque', children: [] };
    }
    case 'type_assertion': {
      const inner = node.namedChildren().at(-1);
      return inner ? { is: 'same', inner } : { is: 'opaque', children: [] };
    }
    case 'array':
      return { is: 'group', members: node.namedChildren() };
    case 'object':
      return { is: 'group', members: node.namedChildren().map((c) => c.field('value') ?? c) };
    case 'member_expression':
      return memberOf(node);
    case 'subscript_expression':
      return { is: 'index', object: node.field('object')!, index: node.field('index') };
    case 'call_expression':
    case 'new_expression':
      return callOf(node);
    case 'arrow_function':
    case 'function_expression':
    case 'function_declaration':
    case 'generator_function':
    case 'class':
    case 'method_definition':
      return { is: 'function' };
    default:
      return { is: 'opaque', children: node.namedChildren() };
  }
}

function memberOf(node: SgNode): Shape {
  return { is: 'member', object: node.field('object')!, property: node.field('property')?.text() ?? '' };
}

function callOf(node: SgNode): Shape {
  const callee = node.field('function') ?? node.field('constructor');
  const list = node.field('arguments');
  const args = list === null ? [] : list.kind() === 'arguments' ? list.namedChildren() : [list];
  if (callee === null) return { is: 'opaque', children: args };
  const isMember = callee.kind() === 'member_expression';
  const repeated = repeatedElement(callee, args);
  if (repeated) return { is: 'same', inner: repeated };
  return {
    is: 'call',
    name: isMember ? (callee.field('property')?.text() ?? '') : callee.text(),
    callee: callee.text(),
    receiver: isMember ? callee.field('object') : null,
    args: args.filter((a) => a.kind() !== 'comment'),
  };
}

/** What each element of `Array(3).fill(x)` and `Array.from({ length: 3 }, () => x)` is. */
function repeatedElement(callee: SgNode, args: readonly SgNode[]): SgNode | null | undefined {
  const text = callee.text();
  if (/^(?:new\s+)?Array\([^()]*\)\.fill$/.test(text)) return args[0];
  if (text !== 'Array.from' || !/^\{\s*length\b[^,]*\}$/.test(args[0]?.text() ?? '')) return undefined;
  const body = args[1]?.field('body');
  return body?.kind() === 'statement_block' ? undefined : body;
}

function definitionsAt(node: SgNode): Definition[] {
  switch (node.kind() as string) {
    case 'variable_declarator':
      return bound(node.field('name'), node.field('value'), 'assign');
    case 'assignment_expression':
      return bound(node.field('left'), node.field('right'), 'assign');
    case 'augmented_assignment_expression':
      return bound(node.field('left'), node.field('right'), 'extend');
    case 'for_in_statement':
      return bound(node.field('left'), node.field('right'), 'loop');
    case 'required_parameter':
    case 'optional_parameter': {
      const type = node.field('type')?.text().replace(/^:\s*/, '');
      const annotations = node
        .children()
        .filter((c) => c.kind() === 'decorator')
        .map((c) => c.text())
        .join(' ');
      return bound(node.field('pattern'), null, 'parameter').map((d) => ({ ...d, type, annotations }));
    }
    case 'arrow_function':
      return bound(node.field('parameter'), null, 'parameter');
    case 'catch_clause':
      return bound(node.field('parameter'), null, 'caught');
    case 'call_expression':
      return filledBy(node);
    default:
      return [];
  }
}

/** `list.push(x, y)` adds x and y to what the name holds. A record in it is left out: which of its values is read is not known. */
function filledBy(node: SgNode): Definition[] {
  const list = node.field('function')?.field('object');
  const args = node.field('arguments')?.namedChildren() ?? [];
  if (!list) return [];
  return args
    .filter((value) => !/^(?:object|array|comment)$/.test(value.kind() as string))
    .map((value) => ({ name: list.text(), node: list, value, kind: 'extend' }));
}

/** One definition for each name that a pattern binds; all of them carry the whole value. */
function bound(pattern: SgNode | null, value: SgNode | null, kind: Definition['kind']): Definition[] {
  if (pattern === null) return [];
  switch (pattern.kind() as string) {
    case 'identifier':
    case 'shorthand_property_identifier_pattern':
      return [{ name: pattern.text(), node: pattern, value, kind }];
    case 'member_expression':
      return [{ name: pattern.text(), node: pattern, value, kind }];
    case 'object_pattern':
    case 'array_pattern':
    case 'rest_pattern':
      return pattern.namedChildren().flatMap((child) => bound(child, value, kind));
    case 'pair_pattern':
      return bound(pattern.field('value'), value, kind);
    case 'assignment_pattern':
    case 'object_assignment_pattern':
      return bound(pattern.field('left'), value, kind);
    default:
      return [];
  }
}

function unquoted(text: string): string {
  return text.slice(1, -1);
}

/** TypeScript and JavaScript, with and without JSX. */
export const typescriptGrammar: Grammar = {
  functions: [
    'function_declaration',
    'function_expression',
    'generator_function_declaration',
    'generator_function',
    'arrow_function',
    'method_definition',
  ],
  blocks: [
    'program',
    'statement_block',
    'if_statement',
    'else_clause',
    'for_statement',
    'for_in_statement',
    'while_statement',
    'do_statement',
    'switch_case',
    'switch_default',
    'catch_clause',
    'class_body',
  ],
  definers: [
    'variable_declarator',
    'assignment_expression',
    'augmented_assignment_expression',
    'for_in_statement',
    'required_parameter',
    'optional_parameter',
    'arrow_function',
    'catch_clause',
  ],
  fillers: {
    kind: 'call_expression',
    has: {
      field: 'function',
      kind: 'member_expression',
      has: { field: 'property', regex: '^(?:push|unshift)$' },
    },
  },
  conditionals: ['if_statement', 'ternary_expression', 'while_statement'],
  shapeOf,
  definitionsAt,
  isPrivate: (fn) => fn.kind() === 'function_declaration' && fn.parent()?.kind() !== 'export_statement',
  requestSource:
    /^(?:[\w$]+\.)*(?:req|request|ctx|context|event|evt|c|r)(?:\.(?:req|request))?\.(?:body|query|params|headers?|cookies|signedCookies|url|originalUrl|path|hostname|files?|param|rawBody|payload|queryStringParameters|pathParameters|multiValueQueryStringParameters|state|nextUrl|get\()|\bsearchParams\.(?:get|getAll)\(|^(?:window\.|document\.|self\.)?location\.(?:hash|search|href|pathname)|^document\.(?:URL|documentURI|referrer|cookie|location)|^window\.name\b|^useSearchParams\(/,
  requestMember:
    /^(?:body|rawBody|query|params?|headers?|rawHeaders|cookies|signedCookies|url|originalUrl|baseUrl|path|host|hostname|subdomains|files?|fields|form|formData|data|input|args|arguments|variables|message|payload|content|raw|text|json|nextUrl|searchParams|values|search|req|request|get)$/,
  requestPath: /(?:^|\.)(?:req|request|location)\.(?:originalUrl|baseUrl|path|pathname)$/,
  localSource: /^process\.(?:argv|env|stdin)\b/,
  requestType:
    /\b(?:Request|IncomingMessage|FastifyRequest|NextApiRequest|NextRequest|APIGatewayProxyEvent(?:V2)?|Context|GetServerSidePropsContext|MessageEvent)\b/,
  requestName: /^(?:req|request|ctx|event|evt)$/,
  perhapsRequest: {
    name: /^(?:ctx|context|event|evt|c|r)\b/,
    served:
      /\b(?:ctx|context|event|evt|c|r)\.(?:req|request|res|response|body|headers?|query|params|cookies|status|json|html|redirect|queryStringParameters|pathParameters|sender|origin|data)\b|\bstatusCode\b|\bcreateServer\b|[rR]outer\b|\bAPIGateway|\b(?:koa|hono|h3|elysia)\b/,
  },
  safeName:
    /^(?:err|error|e|ex|next|res|response|reply|done|cb|callback|resolve|reject|fn|db|client|conn|connection|pool|logger|log|app|server|router|i|j|idx|index|n|count|t|options|opts|config|settings|this)$/,
  textType: /^string(?:\[\])?(?:\s*\|\s*(?:undefined|null))*$/,
  safeType:
    /^(?:number|boolean|bigint|Date|RegExp|void|never|URL|Function|(?:number|boolean)\[\]|\(.*\)\s*=>.*|["'`\d].*)$/s,
  requestAnnotation: /@(?:Body|Query|Param|Headers|Cookies|Req|Request|UploadedFile|Ip|HostParam)\b/,
  routeAnnotation: /(?!)/,
  cleansing:
    /^(?:parseInt|parseFloat|Number|Boolean|BigInt|isNaN|encodeURIComponent|encodeURI|escape\w*|\w*[eE]scape|sanitize\w*|\w*[sS]anitizer?|purify|quote|basename|createHash|digest|randomUUID|uuid\w*|timingSafeEqual|test|includes|indexOf|has|startsWith|endsWith|every|some|toFixed|getTime|validate\w*|isValid\w*|safeParse|compare|typeof|length|keys|parseId|toLowerCaseEnum|verify|hash|hashSync|allowlist\w*|whitelist\w*)$/,
  pure: /^(?:join|resolve|normalize|concat|trim|trimStart|trimEnd|toLowerCase|toUpperCase|replace|replaceAll|slice|substring|split|toString|String|Number|freeze|from|repeat|padStart|padEnd|dirname|basename|extname|fileURLToPath|cwd|tmpdir|homedir|URL|raw|assign|keys|values|entries|RegExp|Symbol|Set|Map)$/,
};
