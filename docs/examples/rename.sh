#!/bin/sh
# Gives one listing another title, and prints the title that the market then has.
#
#   sh rename.sh NAME LISTING 'New title'
#
# LISTING is a number as listings.sh prints it. It needs jq.
set -eu
name=${1:?'which key? "valetkey list" shows their names'}
listing=${2:?which listing?}
title=${3:?which title?}

me=$(valetkey request "$name" GET /v3/application/users/me)
shop=$(printf '%s' "$me" | jq .shop_id)
changed=$(valetkey request "$name" PATCH "/v3/application/shops/$shop/listings/$listing" --form "title=$title")
printf '%s' "$changed" | jq -r .title
