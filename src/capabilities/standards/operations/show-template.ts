import { operationsOf } from '../../../kernel/index.ts';
import { templateInput, templateOutput } from '../contract/index.ts';
import { kebabCase, standardPath } from '../document/standard-name.ts';
import { renderTemplate } from '../document/template.ts';
import type { LibraryDeps } from './library-deps.ts';

export const showTemplate = operationsOf<LibraryDeps>()({
  name: 'standards.template',
  summary: 'Print the template of a standard with domain, topic and title filled in.',
  input: templateInput,
  output: templateOutput,
  doors: { cli: 'standards template' },
  policy: { effect: 'read', idempotent: true },
  errors: ['standards.bad_name'],
  async handler({ domain, topic: named, title }, { deps }) {
    const topic = named ?? kebabCase(title ?? '') ?? 'my-standard';
    const createdAt = new Date(deps.clock.now()).toISOString();
    return { file: standardPath(domain, topic), text: renderTemplate({ domain, topic, title, createdAt }) };
  },
});
