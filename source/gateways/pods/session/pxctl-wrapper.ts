import { keyFileInPod } from '../../../pairing/cluster-pair/pxctl-commands.ts';
import type { Command } from '../../../pairing/words/command.ts';
import { Secret } from '../../../pairing/words/secret.ts';
import { countedInput, takesEnd } from './counted-input.ts';

/**
 * The text never changes, whatever is run: all values come by standard input.
 *
 * `timeout` ends what a broken connection would leave running. The key file is one of the operator's, such as a Google key: Portworx reads
 * it by path, in the one folder that its daemon is known to share, so it lies there for as long as pxctl runs; what a killed
 * run left is removed by the next.
 */
export const wrapper = `take seconds
take PXCTL_AUTH_TOKEN
take key
take count
set --
while [ "$count" -gt 0 ]; do
  take word
  set -- "$@" "$word"
  count=$((count - 1))
done
${takesEnd}
umask 077
[ -z "$PXCTL_AUTH_TOKEN" ] || export PXCTL_AUTH_TOKEN
if [ -n "$key" ]; then
  find /etc/pwx -maxdepth 1 -name '.pxpair-key.*' -mmin +10 -exec rm -f {} +
  trap 'rm -f "$file"' EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
  file=$(mktemp /etc/pwx/.pxpair-key.XXXXXX) || exit 1
  printf %s "$key" | base64 -d > "$file" || exit 1
  key=
  count=$#
  while [ "$count" -gt 0 ]; do
    word=$1
    shift
    [ "$word" != "@KEY_FILE@" ] || word=$file
    set -- "$@" "$word"
    count=$((count - 1))
  done
fi
word=
limit=
if command -v timeout >/dev/null; then limit="timeout $seconds"; fi
$limit /opt/pwx/bin/pxctl "$@" </dev/null
`;

export type WrapperInput = Readonly<{
	command: Command;
	keyFile?: Secret;
	token: Secret | undefined;
	seconds: number;
}>;

/** The standard input that goes with the wrapper. */
export function inputOf({ command, keyFile, token, seconds }: WrapperInput): string {
	const words = command.args.map(word => {
		const value = word instanceof Secret ? word.reveal() : word;
		return value === keyFileInPod ? '@KEY_FILE@' : value;
	});
	const key = keyFile ? Buffer.from(keyFile.reveal()).toString('base64') : '';
	return countedInput([String(seconds), token?.reveal() ?? '', key, String(words.length), ...words]);
}
