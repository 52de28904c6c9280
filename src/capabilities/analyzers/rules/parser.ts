import type { SgNode } from '@ast-grep/napi';

export interface Parser {
  /** Parses text with the named grammar; never throws on invalid code, which gives a tree with ERROR nodes. */
  parse(grammar: string, text: string): SgNode;
}

let opening: Promise<Parser> | undefined;

/** Loads ast-grep and its grammars at the first call. Grammars can be registered once in a process. */
export function openParser(): Promise<Parser> {
  opening ??= load();
  return opening;
}

async function load(): Promise<Parser> {
  const [{ parse, registerDynamicLanguage }, python, go, java] = await Promise.all([
    import('@ast-grep/napi'),
    import('@ast-grep/lang-python'),
    import('@ast-grep/lang-go'),
    import('@ast-grep/lang-java'),
  ]);
  registerDynamicLanguage({ python: python.default, go: go.default, java: java.default });
  return { parse: (grammar, text) => parse(grammar, text).root() };
}
