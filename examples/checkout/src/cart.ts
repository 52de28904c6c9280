import { db } from './db.ts';
import { type Ctx, json } from './http.ts';
import { type Line, subtotalOf } from './pricing.ts';

export function cartLines(userId: number): Line[] {
  const items = db.prepare('SELECT sku, quantity FROM cart_items WHERE user_id = ?').all(userId) as any[];
  return items.map((item) => {
    const product = db.prepare('SELECT * FROM products WHERE sku = ?').get(item.sku) as any;
    return { sku: item.sku, name: product.name, quantity: item.quantity, unitPrice: product.price };
  });
}

export function addToCart({ body, user, res }: Ctx) {
  const product = db.prepare('SELECT sku FROM products WHERE sku = ?').get(body.sku);
  if (!product) return json(res, 404, { message: `no product ${body.sku}`, code: 404 });
  db.prepare('INSERT INTO cart_items VALUES (?, ?, ?)').run(user!.id, body.sku, body.quantity);
  showCart({ user, res } as Ctx);
}

export function removeFromCart({ params, user, res }: Ctx) {
  db.prepare('DELETE FROM cart_items WHERE user_id = ? AND sku = ?').run(user!.id, params.sku);
  showCart({ user, res } as Ctx);
}

export function showCart({ user, res }: Ctx) {
  const lines = cartLines(user!.id);
  json(res, 200, { lines, subtotal: subtotalOf(lines) });
}
