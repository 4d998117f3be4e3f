import { keyFileInPod } from '../../pairing/cluster-pair/pxctl-commands.ts';
import type { Command } from '../../pairing/words/command.ts';
import { Secret } from '../../pairing/words/secret.ts';

/** The last line of the input. */
const end = 'pxpair-end';
/** EX_DATAERR of sysexits.h: not one of pxctl's. */
const brokenOff = 65;

/**
 * The one text that ever is in an exec URL, and with it in audit logs: it never changes, whatever is run. All values come by
 * standard input, one a line and counted, because the end of that stream cannot be told over older API servers.
 *
 * `timeout` ends what a broken connection would leave running. The key file is one of the operator's, such as a Google key: Portworx reads
 * it by path, in the one folder that its daemon is known to share, so it lies there for as long as pxctl runs; what a killed
 * run left is removed by the next.
 *
 * Input that breaks off, within a line or between two, runs nothing: half a name is another name.
 */
export const wrapper = `take() { IFS= read -r "$1" || exit ${brokenOff}; }
take seconds
take PXCTL_AUTH_TOKEN
take key
take count
umask 077
[ -z "$PXCTL_AUTH_TOKEN" ] || export PXCTL_AUTH_TOKEN
file=
if [ -n "$key" ]; then
  find /etc/pwx -maxdepth 1 -name '.pxpair-key.*' -mmin +10 -exec rm -f {} +
  trap 'rm -f "$file"' EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
  file=$(mktemp /etc/pwx/.pxpair-key.XXXXXX) || exit 1
  printf %s "$key" | base64 -d > "$file" || exit 1
  key=
fi
set --
while [ "$count" -gt 0 ]; do
  take word
  [ -z "$file" ] || [ "$word" != "@KEY_FILE@" ] || word=$file
  set -- "$@" "$word"
  count=$((count - 1))
done
take word
[ "$word" = ${end} ] || exit ${brokenOff}
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

/** The standard input that goes with the wrapper. Lines break at newlines, so no value may hold one: answers refuse them. */
export function inputOf({ command, keyFile, token, seconds }: WrapperInput): string {
	const words = command.args.map(word => {
		const value = word instanceof Secret ? word.reveal() : word;
		return value === keyFileInPod ? '@KEY_FILE@' : value;
	});
	const key = keyFile ? Buffer.from(keyFile.reveal()).toString('base64') : '';
	const lines = [String(seconds), token?.reveal() ?? '', key, String(words.length), ...words];
	if (lines.some(line => /[\n\r\0]/.test(line))) {
		throw new RangeError('a value for pxctl holds a line break');
	}
	return `${lines.join('\n')}\n${end}\n`;
}
