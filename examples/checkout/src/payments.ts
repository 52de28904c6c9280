import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { config } from './config.ts';

let baseUrl = config.paymentUrl;

export interface Charge {
  id: string;
  status: 'succeeded' | 'declined';
}

export async function charge(amount: number, cardToken: string, email: string): Promise<Charge> {
  const res = await fetch(`${baseUrl}/v1/charges`, {
    method: 'POST',
    headers: { authorization: `Bearer ${config.paymentApiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ amount: amount * 100, currency: 'eur', source: cardToken, receipt_email: email }),
  });
  return (await res.json()) as Charge;
}

export async function refund(chargeId: string, amount: number) {
  for (let attempt = 0; attempt < 5; attempt++) {
    const res = await fetch(`${baseUrl}/v1/refunds`, {
      method: 'POST',
      headers: { authorization: `Bearer ${config.paymentApiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ charge: chargeId, amount: amount * 100 }),
    });
    if (res.ok) return;
  }
  throw new Error('refund failed');
}

/** Answers like the provider's test mode: `tok_declined` is declined, everything else goes through. */
export async function startStandIn() {
  let next = 1;
  const server = createServer(async (req, res) => {
    let raw = '';
    for await (const chunk of req) raw += chunk;
    const { source } = JSON.parse(raw);
    const status = source === 'tok_declined' ? 'declined' : 'succeeded';
    res.writeHead(200, { 'content-type': 'application/json' });
    res.end(JSON.stringify({ id: `ch_${next++}`, status }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
