import { modelProviders } from './model-chain.ts';
import { providerFacts } from './provider-facts.ts';

/** The providers with the variables each is set up by, as a Markdown table, for the documentation. */
export function renderModelsReference(): string {
  const rows = modelProviders.map((provider) => {
    const { title, keyEnvs, keyRequired, baseUrlEnvs, publicBaseUrl, modelEnvs, defaultModel } =
      providerFacts[provider];
    const cells = [
      `${title} (\`${provider}\`)`,
      `${names(keyEnvs)}${keyRequired ? '' : ', where the server asks for one'}`,
      `${names(baseUrlEnvs)}${publicBaseUrl === undefined ? ', needed' : ''}`,
      defaultModel === undefined
        ? names(modelEnvs)
        : [`\`${defaultModel}\``, ...modelEnvs.map((name) => `or \`${name}\``)].join(' '),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return ['| provider | key | address | model |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

function names(variables: readonly string[]): string {
  return variables.map((name) => `\`${name}\``).join(' or ');
}
