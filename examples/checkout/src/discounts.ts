import { db } from './db.ts';
import { type Line, round, subtotalOf } from './pricing.ts';

interface Coupon {
  code: string;
  percent: number;
  min_subtotal: number;
  expires_at: string;
}

export function discountFor(code: string, lines: Line[]) {
  const coupon = db.prepare('SELECT * FROM coupons WHERE code = ?').get(code) as unknown as Coupon | undefined;
  if (!coupon) return 0;
  if (new Date(coupon.expires_at) < new Date()) return 0;
  const subtotal = subtotalOf(lines);
  if (subtotal < coupon.min_subtotal) return 0;
  let percent = coupon.percent;
  const pieces = lines.reduce((n, line) => n + line.quantity, 0);
  if (pieces >= 10) percent = percent + 5;
  if (pieces >= 50) percent = percent + 10;
  return round((subtotal * percent) / 100);
}
