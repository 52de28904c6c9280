import { DatabaseSync } from 'node:sqlite';
import { config } from './config.ts';

export const db = new DatabaseSync(config.dbFile);

db.exec(`
  CREATE TABLE IF NOT EXISTS users (
    id INTEGER PRIMARY KEY,
    email TEXT UNIQUE,
    password_hash TEXT,
    role TEXT DEFAULT 'customer',
    reset_token TEXT,
    created_at TEXT
  );
  CREATE TABLE IF NOT EXISTS products (
    sku TEXT PRIMARY KEY,
    name TEXT,
    description TEXT,
    price REAL,
    stock INTEGER
  );
  CREATE TABLE IF NOT EXISTS cart_items (
    user_id INTEGER,
    sku TEXT,
    quantity INTEGER
  );
  CREATE TABLE IF NOT EXISTS coupons (
    code TEXT PRIMARY KEY,
    percent REAL,
    min_subtotal REAL,
    expires_at TEXT
  );
  CREATE TABLE IF NOT EXISTS orders (
    id INTEGER PRIMARY KEY,
    user_id INTEGER,
    status TEXT,
    subtotal REAL,
    discount REAL,
    tax REAL,
    shipping REAL,
    total REAL,
    coupon TEXT,
    ship_to TEXT,
    payment_ref TEXT,
    created_at TEXT
  );
  CREATE TABLE IF NOT EXISTS order_items (
    order_id INTEGER,
    sku TEXT,
    quantity INTEGER,
    unit_price REAL
  );
`);

const count = db.prepare('SELECT count(*) AS n FROM products').get() as { n: number };
if (count.n === 0) {
  const add = db.prepare('INSERT INTO products VALUES (?, ?, ?, ?, ?)');
  add.run('TEA-01', 'Green tea', 'Loose leaf, 100 g', 6.9, 120);
  add.run('TEA-02', 'Black tea', 'Loose leaf, 100 g', 5.4, 80);
  add.run('POT-01', 'Tea pot', 'Cast iron, 0.8 l', 39.95, 12);
  add.run('CUP-04', 'Cup', 'Stoneware, set of four', 24.5, 30);
  add.run('TIN-02', 'Tin', 'For 250 g of tea', 8.25, 3);
  db.exec(`INSERT INTO coupons VALUES ('SPRING10', 10, 10, '2099-05-31'), ('VIP25', 25, 100, '2099-12-31')`);
}
