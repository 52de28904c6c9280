import assert from 'node:assert/strict';
import { test } from 'node:test';

process.env.DB_FILE = ':memory:';
const { round, subtotalOf, totalsFor } = await import('../src/pricing.ts');

const tea = { sku: 'TEA-02', name: 'Black tea', quantity: 2, unitPrice: 5.4 };
const pot = { sku: 'POT-01', name: 'Tea pot', quantity: 1, unitPrice: 39.95 };

test('subtotal', () => {
  assert.equal(subtotalOf([tea]), 10.8);
});

test('rounds to cents', () => {
  assert.equal(round(10.126), 10.13);
});

test('totals with shipping', () => {
  const totals = totalsFor([tea]);
  assert.equal(totals.shipping, 4.9);
  assert.equal(totals.total, 17.75);
});

test('coupon', () => {
  const totals = totalsFor([tea, pot], 'SPRING10');
  assert.ok(totals.discount);
});

test('free shipping', () => {
  const totals = totalsFor([pot, pot]);
  console.log(totals);
});
