import type { Rule } from 'eslint';
import type { TSESTree } from '@typescript-eslint/utils';

/** Quantities that mean nothing without a unit. `page_size` in rows is `page_rows`, `timeout` is `timeoutMs`. */
const quantities = new Set([
  'age', 'backoff', 'delay', 'duration', 'elapsed', 'expiry', 'grace', 'interval', 'latency', 'memory', 'period',
  'size', 'timeout', 'ttl', 'wait',
]); // prettier-ignore

function lastWord(name: string): string {
  return name
    .split(/_|(?<=[a-z0-9])(?=[A-Z])/)
    .at(-1)!
    .toLowerCase();
}

/** `number`, also as part of a union such as `number | undefined`. */
function isNumberType(type: TSESTree.TypeNode | undefined): boolean {
  if (type?.type === 'TSUnionType') return type.types.some((part) => isNumberType(part));
  return type?.type === 'TSNumberKeyword';
}

/** `z.int()…`, `z.number()…` or `z.coerce.number()…`, whatever is chained behind it. */
function isZodNumber(node: TSESTree.Node): boolean {
  let inner = node;
  while (inner.type === 'CallExpression' || inner.type === 'MemberExpression') {
    const next: TSESTree.Node = inner.type === 'CallExpression' ? inner.callee : inner.object;
    const isMaker =
      inner.type === 'MemberExpression' &&
      inner.property.type === 'Identifier' &&
      /^(int|int32|number|float32|float64)$/.test(inner.property.name);
    if (isMaker && (next.type === 'Identifier' ? next.name === 'z' : isZodCoerce(next))) return true;
    inner = next;
  }
  return false;
}

function isZodCoerce(node: TSESTree.Node): boolean {
  return node.type === 'MemberExpression' && node.object.type === 'Identifier' && node.object.name === 'z';
}

function nameOf(node: TSESTree.Node): string | undefined {
  if (node.type === 'Identifier') return node.name;
  return node.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined;
}

/** A number that is declared here carries its unit: variables, parameters, properties of types and zod objects. */
export const unitInName: Rule.RuleModule = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      unit: '"{{name}}" has no unit; end it with one: Ms, Seconds, Days, Bytes, Rows (_ms, _bytes on the wire).',
    },
  },
  create(context) {
    function look(key: TSESTree.Node): void {
      const name = nameOf(key);
      if (name === undefined || !quantities.has(lastWord(name))) return;
      context.report({ node: key as unknown as Rule.Node, messageId: 'unit', data: { name } });
    }
    const visitors = {
      Identifier(node: TSESTree.Identifier) {
        if (isNumberType(node.typeAnnotation?.typeAnnotation)) look(node);
      },
      TSPropertySignature(node: TSESTree.TSPropertySignature) {
        if (isNumberType(node.typeAnnotation?.typeAnnotation)) look(node.key);
      },
      PropertyDefinition(node: TSESTree.PropertyDefinition) {
        if (isNumberType(node.typeAnnotation?.typeAnnotation)) look(node.key);
      },
      VariableDeclarator(node: TSESTree.VariableDeclarator) {
        if (node.init?.type === 'Literal' && typeof node.init.value === 'number') look(node.id);
      },
      Property(node: TSESTree.Property) {
        if (isZodNumber(node.value)) look(node.key);
      },
    };
    return visitors as unknown as Rule.RuleListener;
  },
};
