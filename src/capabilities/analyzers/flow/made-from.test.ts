import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Family } from '../evidence.ts';
import { grammars, snippetParser } from '../families/family.ts';
import { openParser } from '../rules/parser.ts';
import { FileDefinitions } from './definitions.ts';
import { comesFromOutside } from './inputs.ts';

const parser = await openParser();

/** Whether what `use(…)` is given in a snippet comes from a request. */
function isSent(family: Family, text: string): boolean {
  const root = parser.parse(snippetParser[family], text);
  const kind = {
    typescript: 'call_expression',
    python: 'call',
    go: 'call_expression',
    java: 'method_invocation',
  };
  const call = root.find({ rule: { kind: kind[family], regex: '^use\\(' } })!;
  const definitions = new FileDefinitions(root, grammars[family]);
  return comesFromOutside(call.field('arguments')!.namedChildren()[0]!, {
    origin: 'request',
    definitions,
    sanitizedBy: new Set(),
  });
}

const sent = {
  typescript: (code: string) => isSent('typescript', `function f(req) { const a = req.body.a; ${code} }`),
  python: (code: string) => isSent('python', `def f(request):\n    a = request.json["a"]\n    ${code}\n`),
  go: (code: string) =>
    isSent('go', `package p\nfunc f(r *http.Request) { a := r.URL.Query()["a"]; ${code} }`),
  java: (code: string) => isSent('java', `class A { void f(@RequestBody List<String> a) { ${code} } }`),
};

describe('a list made from what a request sent', () => {
  it('carries nothing of it when only places and counts are written', () => {
    assert.equal(sent.typescript("use(a.map((_, at) => `$${at + 2}`).join(', '));"), false);
    assert.equal(sent.typescript("use(Array(a.length).fill('?').join(', '));"), false);
    assert.equal(sent.typescript('use(Array.from({ length: a.length }, (_, at) => `:a${at}`));'), false);
    assert.equal(sent.python('use(", ".join(f"${at}" for at, _ in enumerate(a)))'), false);
    assert.equal(sent.python('use(",".join(map(lambda _: "?", a)))'), false);
    assert.equal(
      sent.go('p := []string{}; for k := range a { p = append(p, fmt.Sprintf("$%d", k)) }; use(p)'),
      false,
    );
    assert.equal(sent.java('use(String.join(",", Collections.nCopies(a.size(), "?")));'), false);
    assert.equal(sent.java('use(a.stream().map(x -> "?").collect(Collectors.joining(",")));'), false);
  });

  it('carries it when its elements are written', () => {
    assert.equal(sent.typescript("use(a.map((one, at) => `${one} = $${at}`).join(', '));"), true);
    assert.equal(sent.typescript('use(a.map((_, at, all) => all[at]));'), true);
    assert.equal(sent.python('use(", ".join(f"\'{one}\'" for at, one in enumerate(a)))'), true);
    assert.equal(
      sent.go('p := []string{}; for _, k := range a { p = append(p, fmt.Sprintf("%s", k)) }; use(p)'),
      true,
    );
    assert.equal(sent.java('use(a.stream().map(x -> "\'" + x).collect(Collectors.joining(",")));'), true);
  });
});

describe('text of which only letters and digits are left', () => {
  it('is nothing that a request sent', () => {
    assert.equal(sent.typescript("use(a.replace(/[^a-z0-9-]/gi, '_'));"), false);
    assert.equal(sent.python('use(re.sub(r"[^\\w-]+", "_", a))'), false);
    assert.equal(
      isSent(
        'python',
        'ODD = re.compile(r"[^a-z]")\ndef f(request):\n    use(ODD.sub("", request.args["a"]))\n',
      ),
      false,
    );
    assert.equal(sent.java('use(a.get(0).replaceAll("[^A-Za-z0-9]", ""));'), false);
  });

  it('still is when the first odd character only, or dots and slashes, stay', () => {
    assert.equal(sent.typescript("use(a.replace(/[^a-z]/, '_'));"), true);
    assert.equal(sent.typescript("use(a.replace(/[^a-z.\\/]/g, '_'));"), true);
    assert.equal(sent.python('use(re.sub(r"[^a-z./]", "_", a))'), true);
  });
});

describe('a path that its own function keeps below a folder', () => {
  const typescript = (check: string) =>
    isSent(
      'typescript',
      `const below = (n) => { const p = path.resolve(root, n); ${check} return p; };
      function f(req) { use(below(req.query.n)); }`,
    );
  const python = (check: string) =>
    isSent(
      'python',
      `def f(request):\n    use(below(request.args["n"]))\n\ndef below(n):\n    p = (ROOT / n).resolve()\n    ${check}\n    return p\n`,
    );

  it('is nothing that a request sent', () => {
    assert.equal(typescript("if (!p.startsWith(root + '/')) throw new Error('outside');"), false);
    assert.equal(
      typescript("const way = path.relative(root, p); if (way.startsWith('..')) throw new Error('outside');"),
      false,
    );
    assert.equal(python('if not p.is_relative_to(ROOT): abort(404)'), false);
    assert.equal(python('if os.path.commonpath([ROOT, p]) != ROOT: abort(404)'), false);
    assert.equal(python('p.relative_to(ROOT)'), false);
  });

  it('still is when another path is checked, or none', () => {
    assert.equal(typescript(''), true);
    assert.equal(typescript("if (other.startsWith('/')) throw new Error('outside');"), true);
    assert.equal(
      typescript(
        "const way = path.relative(root, other); if (way.startsWith('..')) throw new Error('outside');",
      ),
      true,
    );
    assert.equal(python('log.info(p)'), true);
  });
});
