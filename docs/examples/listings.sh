#!/bin/sh
# Lists what a shop offers, a line each: number, state, pieces, price, title.
#
#   sh listings.sh NAME
#
# NAME is what `valetkey list` shows; a practice shop and one at Etsy are asked in the same way. It needs jq.
set -eu
name=${1:?'which key? "valetkey list" shows their names'}
said=$(mktemp)
trap 'rm -f "$said"' EXIT

# ask PATH prints the answer to a GET, or ends with a sentence and the exit status of valetkey.
ask() {
	valetkey request "$name" GET "$1" 2>"$said" && return
	status=$?
	case $status in
	3) echo "The key $name does not open this, or has ended. Ask the seller again: valetkey reconnect $name" ;;
	4) echo "The keyring cannot be used. What is wrong with it says: valetkey doctor" ;;
	6) echo "The market cannot be reached for now. Later it may." ;;
	*) cat "$said" ;;
	esac >&2
	exit "$status"
}

me=$(ask /v3/application/users/me)
shop=$(printf '%s' "$me" | jq .shop_id)
from=0 count=1
while [ "$from" -lt "$count" ]; do
	page=$(ask "/v3/application/shops/$shop/listings?limit=100&offset=$from")
	printf '%s' "$page" | jq -r '.results[] |
		[.listing_id, .state, .quantity, "\(.price.amount / .price.divisor) \(.price.currency_code)", .title] | @tsv'
	count=$(printf '%s' "$page" | jq .count)
	from=$((from + 100))
done
