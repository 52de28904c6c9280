import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { config } from './config.ts';
import type { Ctx } from './http.ts';
import type { Line, Totals } from './pricing.ts';

export function writeInvoice(orderId: number, email: string, lines: Line[], totals: Totals) {
  if (!existsSync(config.invoiceDir)) mkdirSync(config.invoiceDir);
  const rows = lines.map((line) => `${line.quantity} x ${line.name}  ${line.unitPrice * line.quantity}`);
  const text = [
    `Invoice for order ${orderId}`,
    email,
    new Date().toLocaleDateString(),
    ...rows,
    `Discount ${totals.discount}`,
    `Tax ${totals.tax}`,
    `Total ${totals.total} EUR`,
  ].join('\n');
  writeFileSync(join(config.invoiceDir, `${orderId}.txt`), text);
}

export function getInvoice({ params, res }: Ctx) {
  const file = join(config.invoiceDir, params.name);
  if (!existsSync(file)) {
    res.writeHead(404, { 'content-type': 'text/html' });
    res.end(`<p>There is no invoice ${params.name}</p>`);
    return;
  }
  res.writeHead(200, { 'content-type': 'text/plain' });
  res.end(readFileSync(file));
}
