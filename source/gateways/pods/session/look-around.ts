import { takesEnd } from './counted-input.ts';

/**
 * The text never changes: all values come by standard input. Without a request it tells the time. curl reads its options from a pipe,
 * and the CA from another: nothing of a request is in a list of processes, and nothing is written to a disk. Answers are cut here, with room for their headers.
 * bash reads its start-up file when its input is a socket, as some runtimes have it.
 */
export const lookAround = `take ca
take host
take port
take count
config=
while [ "$count" -gt 0 ]; do
  take line
  config="$config$line
"
  count=$((count - 1))
done
${takesEnd}
if [ -z "$config" ]; then
  exec date +%s.%N </dev/null
elif command -v curl >/dev/null 2>&1; then
  printf %s "$ca" | base64 -d | {
    exec 3<&0
    printf %s "$config" | curl -q --config -
    echo "curl $?" >&2
  } | head -c 16384
elif [ -n "$host" ] && command -v bash >/dev/null 2>&1 && command -v timeout >/dev/null 2>&1; then
  timeout 5 bash --norc -c ': <>"/dev/tcp/$0/$1"' "$host" "$port" </dev/null
  echo "bash $?" >&2
fi
`;
