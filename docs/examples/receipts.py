"""Prints a shop's last sales, the newest first: day, number, state, total, what was sold.

    valetkey exec NAME --min 10m -- python3 receipts.py

valetkey puts the token into this program's environment and into no other, good for ten minutes at least.
"""

import json
import os
import sys
import urllib.error
import urllib.request
from datetime import datetime, timezone

API = os.environ.get("ETSY_API_URL", "https://openapi.etsy.com")
NEEDS_CONSENT, UNREACHABLE = 3, 6  # the exit statuses of valetkey


class NoRedirects(urllib.request.HTTPRedirectHandler):
    """Redirects are answers like any other: urllib would take the token along to whatever host they name."""

    def redirect_request(self, *_):
        return None


market = urllib.request.build_opener(NoRedirects)


def stop(status, sentence):
    print(sentence, file=sys.stderr)
    sys.exit(status)


def ask(path):
    """Gives the answer to a GET."""
    key, secret, token = (os.environ[name] for name in ("ETSY_API_KEY", "ETSY_SHARED_SECRET", "ETSY_ACCESS_TOKEN"))
    request = urllib.request.Request(API + path, headers={
        "x-api-key": f"{key}:{secret}",
        "Authorization": f"Bearer {token}",
    })
    try:
        with market.open(request, timeout=20) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        if error.code == 401 or b"insufficient_scope" in error.read():
            stop(NEEDS_CONSENT, "The key does not open this. Ask the seller again: valetkey reconnect NAME")
        if error.code == 429 or error.code >= 500:
            stop(UNREACHABLE, f"The market has no time for this now (HTTP {error.code}). Later it may.")
        stop(1, f"The market says no to {path} (HTTP {error.code}).")
    except OSError as error:
        stop(UNREACHABLE, f"{API} cannot be reached: {getattr(error, 'reason', error)}")


def receipts(shop):
    """Gives every receipt of the shop, page after page."""
    seen, count = 0, 1
    while seen < count:
        page = ask(f"/v3/application/shops/{shop}/receipts?limit=100&offset={seen}")
        yield from page["results"]
        seen, count = seen + 100, page["count"]


def main():
    if "ETSY_ACCESS_TOKEN" not in os.environ:
        stop(2, "Start me like this: valetkey exec NAME --min 10m -- python3 receipts.py")
    shop = os.environ.get("ETSY_SHOP_ID") or ask("/v3/application/users/me")["shop_id"]
    for receipt in receipts(shop):
        day = datetime.fromtimestamp(receipt["created_timestamp"], timezone.utc).date()
        total = receipt["grandtotal"]
        sold = "; ".join(f"{line['quantity']} x {line['title']}" for line in receipt["transactions"])
        print(day, receipt["receipt_id"], receipt["status"], f"{total['amount'] / total['divisor']:.2f} {total['currency_code']}", sold, sep="\t")


if __name__ == "__main__":
    main()
