"""Customer list for the newsletter tool."""
import csv
import pickle
import sys
from pathlib import Path

from shop_db import connect, load_customers

STATE = Path("export-state.pickle")


def last_exported():
    if STATE.exists():
        return pickle.loads(STATE.read_bytes())
    return {"last_id": 0}


def export(db_path, target):
    conn = connect(db_path)
    state = last_exported()
    f = open(target, "w")
    writer = csv.writer(f)
    writer.writerow(["id", "email", "created_at"])
    count = 0
    for row in load_customers(conn):
        if row[0] <= state["last_id"]:
            continue
        print("exporting", row[1])
        writer.writerow([row[0], row[1], row[5]])
        state["last_id"] = row[0]
        count += 1
    STATE.write_bytes(pickle.dumps(state))
    return count


if __name__ == "__main__":
    assert len(sys.argv) == 3, "usage: customer_export.py DB TARGET"
    print(export(sys.argv[1], sys.argv[2]), "customers")
