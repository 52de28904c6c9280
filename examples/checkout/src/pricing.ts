import { config } from './config.ts';
import { discountFor } from './discounts.ts';

export interface Line {
  sku: string;
  name: string;
  quantity: number;
  unitPrice: number;
}

export interface Totals {
  subtotal: number;
  discount: number;
  tax: number;
  shipping: number;
  total: number;
}

export function round(amount: number) {
  return Math.round(amount * 100) / 100;
}

export function subtotalOf(lines: Line[]) {
  let sum = 0;
  for (const line of lines) sum += line.unitPrice * line.quantity;
  return sum;
}

export function totalsFor(lines: Line[], coupon?: string): Totals {
  const subtotal = subtotalOf(lines);
  const discount = coupon ? discountFor(coupon, lines) : 0;
  const net = subtotal - discount;
  const shipping = net > config.freeShippingFrom ? 0 : config.shippingFlat;
  const tax = net * config.taxRate;
  return { subtotal, discount, tax: round(tax), shipping, total: round(net + tax + shipping) };
}
