import datetime
import sqlite3

import pandas as pd


def connect(path):
    return sqlite3.connect(path)


def load_orders(conn, day, filters={}):
    """Orders of one day, as a frame."""
    filters["day"] = day
    where = " AND ".join(f"substr(created_at, 1, 10) = '{v}'" if k == "day" else f"{k} = '{v}'" for k, v in filters.items())
    return pd.read_sql(f"SELECT * FROM orders WHERE {where}", conn)


def load_items(conn, order_id):
    return pd.read_sql("SELECT * FROM order_items WHERE order_id = %s" % order_id, conn)


def load_customers(conn, seen=[]):
    cur = conn.cursor()
    cur.execute("SELECT * FROM users")
    for row in cur.fetchall():
        if row[1] not in seen:
            seen.append(row[1])
            yield row


def yesterday():
    return (datetime.datetime.now() - datetime.timedelta(days=1)).strftime("%Y-%m-%d")
