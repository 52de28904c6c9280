/**
 * Writes `docs/configuration.md` from the schema of the settings and the table of providers:
 * `npm run docs:configuration`. A test compares.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderModelsReference } from '../src/capabilities/models/index.ts';
import { renderSettingsReference } from '../src/platform/config/index.ts';

const opening = `# Configuration

Nothing needs to be set. What is set comes from, nearest first: \`--set key=value\`, the environment, the project's
\`.agent-os/config.yaml\`, the user's \`config.yaml\`, the defaults. The nearest place that names a setting decides it whole,
lists included. \`troupe config explain\` shows every setting with its value and the place it comes from; an unknown name is
reported with the nearest known one, and a wrong value is an error at its line.

The user's file is \`config.yaml\` in \`$XDG_CONFIG_HOME/troupe\`, else \`%APPDATA%\\troupe\` on Windows, else
\`~/.config/troupe\`.

\`\`\`yaml
# .agent-os/config.yaml
jobs:
  workers: 2
personas:
  disabled: [data]
\`\`\`

A project is somebody else's text until you trust it, so each setting says what a project's file may do: set it (*yes*),
lower it only, or neither (*no*). What a project tries beyond that has no effect and is reported.

## Models

A chain in the user's file, or else what the environment offers: every provider whose key is set, hosted ones first, a
local server last. \`TROUPE_MODEL=provider/model\` chooses one, alone. With none of them the offline reviewer works. Keys
stand in the environment only; a chain names the variable.

`;

const between = `

\`AZURE_RESOURCE_NAME\` may stand in place of Azure's address. \`HTTPS_PROXY\`, \`HTTP_PROXY\` and \`NO_PROXY\` are followed, except to
this machine.

\`\`\`yaml
# the user's config.yaml
models:
  chain:
    - anthropic/claude-sonnet-5-5
    - provider: openai-compatible
      model: my-model
      base_url: https://models.example.com/v1
      key_env: MY_MODELS_KEY
      price: { input: 0.5, output: 1.5 } # US dollars for one million tokens
\`\`\`

# Settings

`;

/** The whole document. */
export function configurationReference(): string {
  return opening + renderModelsReference() + between + renderSettingsReference();
}

if (import.meta.main) {
  writeFileSync(join(import.meta.dirname, '..', 'docs', 'configuration.md'), configurationReference());
}
