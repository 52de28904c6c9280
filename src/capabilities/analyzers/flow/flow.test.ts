import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Family } from '../evidence.ts';
import { grammars, snippetParser } from '../families/family.ts';
import { openParser } from '../rules/parser.ts';
import { fold } from './constants.ts';
import { FileDefinitions } from './definitions.ts';
import { comesFromOutside, type Origin } from './inputs.ts';

const parser = await openParser();

/** The argument of the call `use(…)` in a snippet, with the definitions of its file. */
function used(family: Family, text: string) {
  const root = parser.parse(snippetParser[family], text);
  const call = root.find({ rule: { regex: '^use\\(', any: [{ kind: callKind[family] }] } })!;
  const node = call.field('arguments')!.namedChildren()[0]!;
  return { node, definitions: new FileDefinitions(root, grammars[family]) };
}
const callKind = {
  typescript: 'call_expression',
  python: 'call',
  go: 'call_expression',
  java: 'method_invocation',
};

function outside(family: Family, text: string, origin: Origin = 'input'): boolean {
  const { node, definitions } = used(family, text);
  return comesFromOutside(node, { origin, definitions, sanitizedBy: new Set() });
}

describe('constants', () => {
  const value = (family: Family, text: string) => {
    const { node, definitions } = used(family, text);
    const folded = fold(node, definitions);
    return folded.constant ? (folded.value ?? 'constant') : 'dynamic';
  };

  it('fold through assignments, concatenation, templates and formats', () => {
    assert.equal(value('typescript', "const a = 'x'; const b = `${a}-y`; use(b + 'z');"), 'x-yz');
    assert.equal(value('python', "a = 'x'\nuse(f'{a}-y')"), 'x-y');
    assert.equal(value('go', 'package p\nfunc f() { const a = "x"; use(a + "y") }'), 'xy');
    assert.equal(value('java', 'class A { static final String A = "x"; void f() { use(A + "y"); } }'), 'xy');
  });

  it('end at parameters, calls and what is assigned more than one value', () => {
    assert.equal(value('typescript', 'function f(a) { use(a); }'), 'dynamic');
    assert.equal(value('typescript', 'const a = load(); use(a);'), 'dynamic');
    assert.equal(value('typescript', "let a = 'x'; if (b) a = 'y'; use(a);"), 'constant');
    assert.equal(value('typescript', "let a = 'x'; if (b) a = load(); use(a);"), 'dynamic');
  });

  it('hold for what a comprehension yields, whatever it runs over', () => {
    assert.equal(value('python', "def f(ids):\n    use(','.join('?' for _ in ids))\n"), 'constant');
    assert.equal(value('python', "def f(ids):\n    use(','.join([str(i) for i in ids]))\n"), 'dynamic');
  });

  it('hold for what a table of constants gives, and for a name looked up in a list of constants', () => {
    const columns = "COLUMNS = {'a': 'x'}\ndef f(name):\n    use('by ' + COLUMNS.get(name, 'y'))\n";
    assert.equal(value('python', columns), 'constant');
    assert.equal(value('python', "def f(d, name):\n    use('by ' + d.get(name, 'y'))\n"), 'dynamic');
    const listed =
      "def f(t):\n    if t not in ('a', 'b'):\n        raise ValueError(t)\n    use('from ' + t)\n";
    assert.equal(value('python', listed), 'constant');
    assert.equal(
      value('typescript', "function f(t) { if (!NAMES.includes(t)) return; use('x' + t); }"),
      'constant',
    );
    assert.equal(
      value('typescript', "function f(t, seen) { if (seen.has(t)) return; use('x' + t); }"),
      'dynamic',
    );
  });

  it('hold for names in capitals that are set when the file is loaded, and for sums of numbers', () => {
    const loaded = "TABLES = ';'.join(create(t) for t in tables)\n";
    assert.equal(value('python', `${loaded}def f():\n    use(TABLES)\n`), 'constant');
    assert.equal(value('python', 'def f(t):\n    TABLES = create(t)\n    use(TABLES)\n'), 'dynamic');
    assert.equal(value('python', "def f(n):\n    use(f'limit {n + 1}')\n"), 'constant');
  });

  it('hold for loops over constants', () => {
    assert.equal(value('python', "for t in ['a', 'b']:\n    use('drop ' + t)\n"), 'constant');
  });
});

describe('input', () => {
  it('is not what a function of one file gets, when all its calls give it constants', () => {
    const run = 'function run(tool) { use(tool); }\n';
    assert.equal(outside('typescript', `${run}run('git'); run('npm');`), false);
    assert.equal(outside('typescript', `${run}run('git'); run(process.argv[2]);`), true);
    assert.equal(outside('typescript', `${run}run('git'); export { run };`), true);
    assert.equal(outside('typescript', `${run}run('git'); tools.forEach(run);`), true);
    assert.equal(outside('typescript', `export ${run}run('git');`), true);
    assert.equal(outside('typescript', run), true);
    const calling = 'function run(tool) { run(tool); use(tool); }\n';
    assert.equal(outside('typescript', calling), true);
    assert.equal(outside('typescript', `${calling}run('git');`), false);
    assert.equal(outside('python', "def _run(a, tool):\n    use(tool)\n\n_run(x, tool='git')\n"), false);
    assert.equal(outside('python', "def run(tool):\n    use(tool)\n\nrun('git')\n"), true);
    assert.equal(
      outside('java', 'class A { private void run(String t) { use(t); } void f() { this.run("git"); } }'),
      false,
    );
  });

  it('is of a request where a function of the file is handed it by one of its callers', () => {
    const list = 'export function list(query) { use(query.owner); }\n';
    assert.equal(outside('typescript', `${list}list(saved);`, 'request'), false);
    assert.equal(
      outside('typescript', `${list}list(saved); get((req, res) => list(req.query));`, 'request'),
      true,
    );
    assert.equal(outside('typescript', `${list}get((req, res) => shelf.list(req.query));`, 'request'), false);
    assert.equal(
      outside('typescript', `${list}get((req, res) => list(...given, req.query));`, 'request'),
      false,
    );
  });

  it('is in a list that was filled with it, but not by a record of which one value is read', () => {
    const filled = (value: string) =>
      `function f(name) { const parts = ['a']; parts.push(${value}); use(parts.join(' ')); }`;
    assert.equal(outside('typescript', filled("'b'")), false);
    assert.equal(outside('typescript', filled('`by ${name}`')), true);
    assert.equal(outside('typescript', filled("'b', name")), true);
    assert.equal(outside('typescript', filled('[name, 1]')), false);
    const appended = (value: string) =>
      `def f(name):\n    parts = ['a']\n    parts.append(${value})\n    use(' '.join(parts))\n`;
    assert.equal(outside('python', appended("'b'")), false);
    assert.equal(outside('python', appended("f'by {name}'")), true);
    assert.equal(outside('python', appended('(name, view)')), false);
  });

  it('is not what a method of Go finds in its own receiver', () => {
    const where = 'func (b *Builder) where() string { return strings.Join(b.conditions, " AND ") }\n';
    const find = 'func (b *Builder) find() { use(b.where()) }\n';
    assert.equal(outside('go', `package p\n${where}${find}`), false);
    const by =
      'func (b *Builder) by(name string) { b.conditions = append(b.conditions, "name = " + name) }\n';
    assert.equal(outside('go', `package p\n${by}${where}${find}`), true);
  });

  it('is a parameter named like a number whose type says text', () => {
    for (const [type, expected] of [
      [': string', true],
      [': string | undefined', true],
      [': number', false],
      ['', false],
    ] as const) {
      assert.equal(outside('typescript', `export function f(index${type}) { use(index); }`), expected, type);
    }
    assert.equal(outside('python', 'def f(n: str):\n    use(n)'), true);
    assert.equal(outside('python', 'def f(n):\n    use(n)'), false);
    assert.equal(outside('go', 'package p\nfunc F(s string) { use(s) }'), true);
    assert.equal(outside('java', 'class A { public void f(String index) { use(index); } }'), true);
    assert.equal(outside('java', 'class A { public void f(int index) { use(index); } }'), false);
  });

  it('is followed through assignments, destructuring and string building', () => {
    assert.equal(
      outside('typescript', 'function f(a) { const { b } = a; const c = `x${b}`; use(c); }'),
      true,
    );
    assert.equal(outside('python', 'def f(a):\n    b = a.strip()\n    c = "x %s" % b\n    use(c)\n'), true);
    assert.equal(outside('go', 'package p\nfunc f(a string) { b := fmt.Sprintf("x %s", a); use(b) }'), true);
    assert.equal(outside('java', 'class A { void f(String a) { String b = "x" + a; use(b); } }'), true);
  });

  it('ends where the name gets another value for certain', () => {
    assert.equal(outside('typescript', "function f(a) { a = 'x'; use(a); }"), false);
    assert.equal(outside('typescript', "function f(a) { if (b) { a = 'x'; } use(a); }"), true);
  });

  it('is not what was converted to a number, escaped or checked', () => {
    assert.equal(outside('typescript', 'function f(a) { use(parseInt(a)); }'), false);
    assert.equal(outside('typescript', 'function f(a: number) { use(a); }'), false);
    assert.equal(outside('typescript', 'function f(a) { if (!allowed.includes(a)) return; use(a); }'), false);
    assert.equal(outside('python', 'def f(a):\n    use(shlex.quote(a))\n'), false);
  });

  it('does not come from a branch that a constant condition excludes', () => {
    const body = (n: number) =>
      `class A { void f(String a) { int n = ${n}; String b; if ((7 * 18) + n > 200) b = "x"; else b = a; use(b); } }`;
    assert.equal(outside('java', body(106)), false);
    assert.equal(outside('java', body(10)), true);
    assert.equal(outside('typescript', "function f(a) { const n = 1; use(n > 2 ? a : 'x'); }"), false);
    const cases = (
      at: number,
    ) => `class A { void f(String a) { String b = "x"; String g = "AB"; char c = g.charAt(${at});
      switch (c) { case 'A': b = a; break; case 'B': b = "y"; break; default: b = a; } use(b); } }`;
    assert.equal(outside('java', cases(0)), true);
    assert.equal(outside('java', cases(1)), false);
  });

  it('is followed into functions of the same file, with their arguments', () => {
    const code = (body: string) => `function f(a) { use(g(1, a)); }\nfunction g(n, x) { ${body} }`;
    assert.equal(outside('typescript', code("return 'x' + x;")), true);
    assert.equal(outside('typescript', code("return 'x' + n;")), false);
    assert.equal(outside('typescript', code("return 'x';")), false);
  });

  it('is told by key and position in a collection filled in place', () => {
    const map = (key: string) =>
      `class A { void f(String a) { Map<String, String> m = new HashMap<>(); m.put("k", "x"); m.put("l", a); use(m.get("${key}")); } }`;
    assert.equal(outside('java', map('k')), false);
    assert.equal(outside('java', map('l')), true);
    const list = (at: number) =>
      `class A { void f(String a) { List<String> l = new ArrayList<>(); l.add("x"); l.add(a); l.add("y"); l.remove(0); use(l.get(${at})); } }`;
    assert.equal(outside('java', list(0)), true);
    assert.equal(outside('java', list(1)), false);
  });

  it('is not what a table of the code gives for a key from outside', () => {
    const go = (table: string) =>
      outside('typescript', `${table}; function f(req) { use(pages.get(req.query.a)); }`, 'request');
    assert.equal(go("const pages = new Map([['home', '/']])"), false);
    assert.equal(go('const pages = new Map()'), true);
    assert.equal(
      outside('python', 'def f(request):\n    use(PAGES.get(request.args["a"], "/"))\n', 'request'),
      false,
    );
    assert.equal(
      outside('python', 'def f(request):\n    use(PAGES.get("a", request.args["a"]))\n', 'request'),
      true,
    );
  });

  it('of a context is one of a request only in a file that serves requests', () => {
    const code = 'export function f(ctx) { use(ctx.path); }';
    assert.equal(outside('typescript', code, 'request'), false);
    assert.equal(outside('typescript', `${code} app.use((ctx) => { ctx.body = 1; });`, 'request'), true);
  });

  it('of a request is told from other parameters', () => {
    assert.equal(outside('typescript', 'function f(a) { use(a); }', 'request'), false);
    assert.equal(
      outside('typescript', 'function f(req) { const a = req.query.a; use(a); }', 'request'),
      true,
    );
    assert.equal(outside('python', '@app.route("/<a>")\ndef f(a):\n    use(a)\n', 'request'), true);
    assert.equal(outside('java', 'class A { void f(@RequestParam String a) { use(a); } }', 'request'), true);
    assert.equal(
      outside('go', 'package p\nfunc f(r *http.Request) { a := r.FormValue("a"); use(a) }', 'request'),
      true,
    );
  });
});
