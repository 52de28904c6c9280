import type { Check } from '../check.ts';

/** What ships as a standard speaks of other people's projects, and an example stands on its own. */
const documents =
  /^([^/]+|docs\/.*|(src|scripts|test|bench)\/(?!.*\/standards\/(universal|language)\/).*)\.md$/;
/** Programs of ours say in their messages and headings how they are called. */
const sources = /^(src|scripts|test|bench)\/(?!architecture\/).*\.ts$/;

/**
 * Texts start our programs by npm, which brings the Node they need (`npx node` too), and name only npm scripts that
 * there are.
 */
export const npmScripts: Check = {
  id: 'npm-scripts',
  find(tree) {
    const { scripts = {} } = JSON.parse(tree.files.get('package.json') ?? '{}') as {
      scripts?: Record<string, string>;
    };
    return [...tree.files].flatMap(([file, text]) => {
      const isDocument = documents.test(file);
      if (!isDocument && !sources.test(file)) return [];
      return text.split('\n').flatMap((content, index) => {
        const messages = [
          ...(isDocument ? unknownIn(content, scripts) : []),
          ...[...content.matchAll(/(?<!npx |\.bin\/)\bnode (?:scripts|test|bench|src)\/\S+?\.ts/g)].map(
            ([command]) =>
              `${command} runs on whatever Node the reader has; give it an npm script, or npx node.`,
          ),
        ];
        return messages.map((message) => ({ file, line: index + 1, message }));
      });
    });
  },
};

function unknownIn(text: string, scripts: Readonly<Record<string, string>>): string[] {
  return [...text.matchAll(/\bnpm (?:run )?(test|(?<=run )[\w:-]+)/g)]
    .filter(([, script]) => !(script! in scripts))
    .map(([command]) => `package.json has no script for ${command}.`);
}
