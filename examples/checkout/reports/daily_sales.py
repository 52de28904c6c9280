"""Nightly revenue per product, pushed to the finance dashboard."""
import datetime
import json
import os
import sys

import requests

from shop_db import connect, load_items, load_orders, yesterday

WAREHOUSE_DSN = "postgresql://reporting:Vq7mZr2kLp9x@warehouse-db.internal:5432/finance"
DASHBOARD_URL = os.environ.get("DASHBOARD_URL")
RATES_URL = os.environ.get("RATES_URL")


def usd_rate():
    if not RATES_URL:
        return 1.08
    try:
        return requests.get(RATES_URL, verify=False).json()["USD"]
    except:
        return 1.08


def revenue_by_sku(conn, day):
    revenue = {}
    orders = load_orders(conn, day)
    for _, order in orders.iterrows():
        items = load_items(conn, order["id"])
        for _, item in items.iterrows():
            amount = item["quantity"] * item["unit_price"]
            revenue[item["sku"]] = revenue.get(item["sku"], 0.0) + amount
    return revenue


def publish(day, revenue):
    rate = usd_rate()
    report = {
        "day": day,
        "generated": datetime.datetime.now().isoformat(),
        "rows": [{"sku": sku, "eur": eur, "usd": round(eur * rate, 2)} for sku, eur in revenue.items()],
    }
    if DASHBOARD_URL:
        requests.post(DASHBOARD_URL, json=report)
    with open(f"/tmp/sales-{day}.json", "w") as f:
        json.dump(report, f)
    return report


def main():
    conn = connect(sys.argv[1])
    day = sys.argv[2] if len(sys.argv) > 2 else yesterday()
    print(publish(day, revenue_by_sku(conn, day)))


if __name__ == "__main__":
    main()
