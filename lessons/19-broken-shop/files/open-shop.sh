#!/bin/sh
# Opens a shop that somebody has broken: sh ./open-shop.sh FAULTS WORD PORT FRONT TILL LEDGER NETWORK IMAGE VOLUME
faults=$1 word=$2 port=$3 front=$4 till=$5 ledger=$6 lane=$7 shop=$8 books=$9

# Each shop is broken in its own way: a letter for each fault.
case $faults in
  a*) door=8080 ;;
  b*) door=8000 ;;
  *) door=8 ;;
esac
case $faults in
  ?a*) program=tlil ;;
  ?b*) program=til ;;
  *) program=tilll ;;
esac
# Too little for the till. With less than 10m some engines cannot even start a container.
case $faults in
  ??a*) memory=14m ;;
  ??b*) memory=15m ;;
  *) memory=16m ;;
esac
case $faults in
  ???a) place= ;;
  ???b) place="-v $books:/bocks" ;;
  *) place="-v $books:/book" ;;
esac

# An earlier shop has to go first.
docker rm -f "$front" "$till" "$ledger" >/dev/null 2>&1
docker volume rm "$books" >/dev/null 2>&1
docker network rm "$lane" >/dev/null 2>&1

set -e
# Ids say nothing to a person.
exec 3>&1 >/dev/null
docker build -q -t "$shop" shop
docker network create "$lane"
docker volume create "$books"
docker run -d --name "$front" --network "$lane" -p "127.0.0.1:$port:$door" "$shop"
# Without the right to set limits, a rootless engine makes this one, and then cannot start it.
if ! docker run -d --name "$till" --network "$lane" --memory "$memory" "$shop" sh "/site/$program"; then
  docker rm -f "$till"
  docker run -d --name "$till" --network "$lane" "$shop" sh "/site/$program"
fi
# shellcheck disable=SC2086 -- it is several words
docker run -d --name "$ledger" $place tiny:1 sleep 1d
docker exec "$ledger" sh -c "mkdir -p /books && echo $word >/books/orders"
cat >plan.txt <<END
The plan: how the shop should be
  $front: from $shop, 127.0.0.1:$port leads to its port 80
  $till: from $shop, runs sh /site/till, at most 64m of memory
  $ledger: from tiny:1, runs sleep 1d, volume $books at /books
  all of them: in the network $lane
END
echo "The shop is open. Or is it?" >&3
