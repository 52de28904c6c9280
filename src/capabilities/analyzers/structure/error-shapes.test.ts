import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { analyze } from '../analyze.ts';
import { projectWith } from '../testing.ts';

async function found(t: TestContext, files: Record<string, string>): Promise<string[]> {
  const root = await projectWith(t, files);
  const { evidence } = await analyze({ root, files: Object.keys(files), trades: ['architecture'] });
  return evidence
    .filter(({ rule }) => rule === 'architecture/any/error-responses')
    .map(({ file, line, title }) => `${file}:${line} ${/\((.*), where/.exec(title)![1]}`);
}

const express = `app.get('/a', (req, res) => {
  if (!req.query.a) return res.status(400).json({ error: 'a is missing' });
  const b = find(req.query.a);
  if (!b) return res.status(404).json({ error: 'no b', code: 'NO_B' });
  res.json(b);
});
`;

describe('error answers in different shapes', () => {
  it('are reported at each place that departs from the usual shape', async (t) => {
    const files = {
      'src/usual.js': express,
      'src/more.js': express.replaceAll("'/a'", "'/more'"),
      'src/message.js': express.replaceAll('error:', 'message:'),
      'src/done.js': "app.post('/b', (req, res) => {\n  res.json({ success: false, reason: 'full' });\n});\n",
      'src/text.js':
        "app.get('/c', (req, res) => {\n  res.statusCode = 500;\n  res.end('broken');\n  res.json({});\n});\n",
      'src/hono.ts': "app.get('/d', (c) => c.json({ error: { code: 'X', message: 'no d' } }, 404));\n",
      'src/web.ts':
        "export const GET = () => new Response(JSON.stringify({ detail: 'gone' }), { status: 410 });\n",
    };
    assert.deepEqual(await found(t, files), [
      'src/done.js:2 status 200',
      'src/hono.ts:1 { error: {…} }',
      'src/message.js:2 { message }',
      'src/message.js:4 { message, code }',
      'src/text.js:3 plain text',
      'src/web.ts:1 { detail }',
    ]);
  });

  it('are told with the keys that stand in the code, and the usual one with those that all of them have', async (t) => {
    const files = {
      'src/usual.js': [1, 2, 3, 4]
        .map((n) => `res.status(404).json({ error: 'no ${n}', code: 'NO'${n > 2 ? ', id' : ''} });`)
        .join('\n'),
      'src/detail.js': "res.status(404).json({ message: 'none', detail: 'of these' });\n",
      'src/verdict.js': "res.status(404).json({ ok: false, msg: 'none' });\n",
      'src/many.js':
        "res.status(404).json({ type: 'x', title: 'x', status: 404, detail, instance, cause: {} });\n",
    };
    const root = await projectWith(t, files);
    const { evidence } = await analyze({ root, files: Object.keys(files), trades: ['architecture'] });
    assert.deepEqual(
      evidence.map(({ title }) => /\((.*)\)/.exec(title)?.[1]),
      [
        '{ message, detail }, where { error, code } is the usual one',
        '{ type, title, status, detail, instance, … }, where { error, code } is the usual one',
        '{ ok, msg }, where { error, code } is the usual one',
      ],
    );
    assert.deepEqual([...new Set(evidence.map(({ usual }) => usual))], ['{ error }']);
  });

  it('are seen in Python, by the ways of its frameworks', async (t) => {
    const files = {
      'shop/views.py': [
        'def a():',
        '    return {"error": "no a"}, 404',
        'def b():',
        '    return jsonify(error="no b"), 400',
        'def c():',
        '    return JsonResponse({"error": "no c"}, status=404)',
        'def d():',
        '    raise HTTPException(status_code=404, detail="no d")',
        'def e():',
        '    return JSONResponse(status_code=409, content={"message": "taken"})',
        'def f():',
        '    return jsonify({"ok": False, "errors": ["full"]}), 200',
        'def g():',
        '    return Response({"error": "no g"}, status=status.HTTP_404_NOT_FOUND)',
      ].join('\n'),
    };
    assert.deepEqual(await found(t, files), [
      'shop/views.py:8 { detail }',
      'shop/views.py:10 { message }',
      'shop/views.py:12 status 200',
    ]);
  });

  it('are no finding where one shape is kept but for a slip or two, or only has more fields', async (t) => {
    const slip = "app.get('/s', (req, res) => { res.status(500).json({ message: 'broken' }); });\n";
    assert.deepEqual(await found(t, { 'src/a.js': express, 'src/b.js': express, 'src/c.js': slip }), []);
  });

  for (const [what, code] of [
    ['errors that are thrown, to be answered in one place', "throw new HttpError(404, { message: 'none' });"],
    ['log lines', "log.warn(500, { message: 'slow' }); console.error(404, { detail: 'x' });"],
    ['numbers that are no status', "setTimeout(run, 500, { message: 'late' }, 1, 2); size({ width: 400 });"],
    [
      'pages in HTML or text',
      "app.get('/p', (req, res) => { res.status(404).send('<h1>Not found</h1>'); });",
    ],
    ['a body built elsewhere', "app.get('/p', (req, res) => { res.status(404).json(problemOf(req)); });"],
    ['answers of success', "app.get('/p', (req, res) => { res.json({ ok: true, message: 'saved' }); });"],
  ] as const) {
    it(`do not count ${what}`, async (t) => {
      const files = { 'src/a.js': express, 'src/b.js': `${code}\n`.repeat(4) };
      assert.deepEqual(await found(t, files), []);
    });
  }

  it('are left out where a comment asks for it with a reason', async (t) => {
    const excused = `// troupe-ignore error-responses: the partner reads this\nres.status(404).json({ message: 'x' });\n`;
    const files = { 'src/a.js': express, 'src/b.js': express, 'src/c.js': excused.repeat(4) };
    assert.deepEqual(await found(t, files), []);
  });

  it('are compared inside one program and language, never in tests', async (t) => {
    const other = express.replaceAll('error:', 'message:').repeat(3);
    const files = {
      'services/cart/src/a.js': express.repeat(3),
      'services/pay/src/a.js': other,
      'services/cart/test/a.test.js': other,
      'services/cart/src/views.py': 'def a():\n    return {"detail": "no"}, 404\n'.repeat(4),
    };
    assert.deepEqual(await found(t, files), []);
  });
});
