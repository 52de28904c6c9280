import { db } from './db.ts';
import { type Ctx, json } from './http.ts';

export function searchProducts({ query, res }: Ctx) {
  const q = query.get('q') ?? '';
  const sort = query.get('sort') ?? 'name';
  try {
    const rows = db
      .prepare(`SELECT * FROM products WHERE name LIKE '%${q}%' OR description LIKE '%${q}%' ORDER BY ${sort}`)
      .all();
    json(res, 200, { products: rows });
  } catch (err: any) {
    json(res, 500, { error: { code: 'SEARCH_FAILED', detail: err.stack } });
  }
}

export function getProduct({ params, res }: Ctx) {
  const product = db.prepare('SELECT * FROM products WHERE sku = ?').get(params.sku);
  if (!product) return json(res, 404, { message: `no product ${params.sku}`, code: 404 });
  json(res, 200, product);
}
