import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, it, type TestContext } from 'node:test';
import { promisify } from 'node:util';
import { testEnvironment } from '../runner/test-environment.ts';

const example = join(import.meta.dirname, '../../examples/checkout');

async function startShop(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'troupe-checkout-'));
  const shop = spawn(process.execPath, [join(example, 'src/server.ts')], {
    cwd: folder,
    env: { ...testEnvironment(process.env), PORT: '0', DB_FILE: ':memory:' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.after(async () => {
    shop.kill();
    await once(shop, 'close');
    await rm(folder, { recursive: true, force: true });
  });
  for await (const line of createInterface({ input: shop.stdout })) {
    const port = /"port":(\d+)/.exec(line)?.[1];
    if (port === undefined) continue;
    shop.stdout.resume();
    return `http://127.0.0.1:${port}`;
  }
  throw new Error('The shop ended before it listened.');
}

async function call(url: string, body: unknown, token = ''): Promise<{ status: number; data: Record<string, unknown> }> {
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: answer.status, data: (await answer.json()) as Record<string, unknown> };
}

describe('examples/checkout', () => {
  it('takes an order over HTTP', async (t) => {
    const shop = await startShop(t);
    const customer = { email: 'kim@example.com', password: 'tulips-and-tea' };
    assert.equal((await call(`${shop}/register`, customer)).status, 201);
    const token = String((await call(`${shop}/login`, customer)).data['token']);
    await call(`${shop}/cart/items`, { sku: 'TEA-02', quantity: 2 }, token);
    const order = { cardToken: 'tok_visa', coupon: 'SPRING10', shipTo: '1 Canal Street' };
    const { status, data } = await call(`${shop}/checkout`, order, token);
    assert.equal(status, 201);
    assert.deepEqual(data, { id: 1, subtotal: 10.8, discount: 1.08, tax: 1.85, shipping: 4.9, total: 16.47 });
  });

  it('passes its own tests', async (t) => {
    const temporary = await mkdtemp(join(tmpdir(), 'troupe-checkout-'));
    t.after(() => rm(temporary, { recursive: true, force: true }));
    const tests = ['test/pricing.test.ts', 'test/checkout.test.ts'];
    const { stdout } = await promisify(execFile)(process.execPath, ['--test', '--test-reporter=tap', ...tests], {
      cwd: example,
      env: { ...testEnvironment(process.env), TMPDIR: temporary, TEMP: temporary },
    });
    assert.match(stdout, /^# pass 10$/m);
    assert.match(stdout, /^# fail 0$/m);
  });
});
