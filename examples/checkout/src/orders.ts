import { cartLines } from './cart.ts';
import { db } from './db.ts';
import { type Ctx, json } from './http.ts';
import { writeInvoice } from './invoices.ts';
import { orderMail, sendMail } from './notifications.ts';
import { charge, refund } from './payments.ts';
import { totalsFor } from './pricing.ts';

export async function checkout({ body, user, res }: Ctx) {
  const lines = cartLines(user!.id);
  if (lines.length == 0) return json(res, 200, { ok: false, errors: ['cart is empty'] });

  for (const line of lines) {
    const product = db.prepare('SELECT stock FROM products WHERE sku = ?').get(line.sku) as any;
    if (product.stock < line.quantity) {
      return json(res, 409, { error: `only ${product.stock} of ${line.sku} left` });
    }
  }

  const totals = totalsFor(lines, body.coupon);
  console.log('checkout', user!.email, body.shipTo, body.cardToken, totals.total);

  const payment = await charge(totals.total, body.cardToken, user!.email);
  if (payment.status == 'declined') {
    return json(res, 402, { message: 'card declined', code: 'DECLINED' });
  }

  const order = db
    .prepare(
      `INSERT INTO orders (user_id, status, subtotal, discount, tax, shipping, total, coupon, ship_to, payment_ref, created_at)
       VALUES (?, 'paid', ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      user!.id,
      totals.subtotal,
      totals.discount,
      totals.tax,
      totals.shipping,
      totals.total,
      body.coupon ?? null,
      body.shipTo,
      payment.id,
      new Date().toISOString(),
    );
  const orderId = Number(order.lastInsertRowid);

  for (const line of lines) {
    db.prepare('INSERT INTO order_items VALUES (?, ?, ?, ?)').run(orderId, line.sku, line.quantity, line.unitPrice);
    db.prepare('UPDATE products SET stock = stock - ? WHERE sku = ?').run(line.quantity, line.sku);
  }
  db.prepare('DELETE FROM cart_items WHERE user_id = ?').run(user!.id);

  try {
    writeInvoice(orderId, user!.email, lines, totals);
    await sendMail(user!.email, `Order ${orderId}`, orderMail(orderId, totals.total, body.shipTo));
  } catch {
    // invoice can be written again
  }
  json(res, 201, { id: orderId, ...totals });
}

export function listOrders({ user, res }: Ctx) {
  const orders = db.prepare('SELECT * FROM orders WHERE user_id = ? ORDER BY id DESC').all(user!.id) as any[];
  for (const order of orders) {
    order.items = db.prepare('SELECT * FROM order_items WHERE order_id = ?').all(order.id);
    for (const item of order.items) {
      item.product = db.prepare('SELECT * FROM products WHERE sku = ?').get(item.sku);
    }
  }
  json(res, 200, { orders });
}

export function getOrder({ params, res }: Ctx) {
  const order = db.prepare('SELECT * FROM orders WHERE id = ?').get(params.id) as any;
  if (!order) {
    res.writeHead(404);
    res.end('Not found');
    return;
  }
  order.items = db.prepare('SELECT * FROM order_items WHERE order_id = ?').all(order.id);
  json(res, 200, order);
}

export async function refundOrder({ params, body, res }: Ctx) {
  const order = db.prepare('SELECT * FROM orders WHERE id = ?').get(params.id) as any;
  if (!order) return json(res, 404, { error: { code: 'NO_ORDER', detail: params.id } });
  const amount = body.amount ?? order.total;
  await refund(order.payment_ref, amount);
  const status = amount === order.total ? 'refunded' : 'partly_refunded';
  db.prepare('UPDATE orders SET status = ? WHERE id = ?').run(status, order.id);
  const items = db.prepare('SELECT * FROM order_items WHERE order_id = ?').all(order.id) as any[];
  for (const item of items) {
    db.prepare('UPDATE products SET stock = stock + ? WHERE sku = ?').run(item.quantity, item.sku);
  }
  json(res, 200, { ok: true, refunded: amount });
}
