import { exec } from 'node:child_process';
import { config } from './config.ts';
import { db } from './db.ts';
import { type Ctx, json } from './http.ts';

export function listCustomers({ res }: Ctx) {
  json(res, 200, { customers: db.prepare('SELECT * FROM users').all() });
}

export function updatePrice({ params, body, res }: Ctx) {
  const result = db.prepare('UPDATE products SET price = ? WHERE sku = ?').run(body.price, params.sku);
  if (result.changes === 0) return json(res, 200, { ok: false, errors: [`no product ${params.sku}`] });
  json(res, 200, { ok: true });
}

export function salesByDay({ query, res }: Ctx) {
  const from = query.get('from') ?? '2000-01-01';
  const rows = db
    .prepare(
      "SELECT substr(created_at, 1, 10) AS day, count(*) AS orders, sum(total) AS revenue FROM orders WHERE created_at >= '" +
        from +
        "' GROUP BY day ORDER BY day",
    )
    .all();
  json(res, 200, { days: rows });
}

export function backup({ body, res }: Ctx) {
  exec(`cp ${config.dbFile} ${body.target}`, (err) => {
    if (err) {
      res.writeHead(500);
      res.end(String(err));
      return;
    }
    json(res, 200, { ok: true });
  });
}
