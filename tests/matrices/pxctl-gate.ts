import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { vi } from 'vitest';
import type { PracticeCluster } from '../../source/practice/practice-cluster.ts';

/** Holds a command of the pretend pxctl that writes, just before it begins or just after it has ended. */
export type PxctlGate = Readonly<{
	expect(
		moment: 'before' | 'after',
		command: 'create' | 'delete',
		credential: string,
	): Readonly<{
		reached: Promise<void>;
		/** `drop`: it never runs. Fine when it was never reached. */
		release(how: 'go' | 'drop'): Promise<void>;
	}>;
}>;

export function putGate({ folder }: PracticeCluster): PxctlGate {
	const pxctl = join(folder, 'opt/pwx/bin/pxctl');
	const gate = join(folder, 'var/gate');
	renameSync(pxctl, `${pxctl}.real`);
	writeFileSync(pxctl, script, { mode: 0o755 });
	const clear = () => {
		rmSync(gate, { recursive: true, force: true });
		mkdirSync(gate);
	};
	clear();
	const appears = async (name: string) => {
		await vi.waitUntil(() => existsSync(join(gate, name)), { timeout: 120_000, interval: 5 });
	};
	return {
		expect(moment, command, credential) {
			clear();
			writeFileSync(join(gate, `${moment}-${command}.${credential}`), '');
			const reached = appears('reached');
			// Of a program that ends without coming here, that is what is told.
			reached.catch(() => {});
			return {
				reached,
				async release(how) {
					if (existsSync(join(gate, 'reached'))) {
						writeFileSync(join(gate, how), '');
						await appears('over');
					}
					clear();
				},
			};
		},
	};
}

const script = `#!/bin/sh
gate=$PRACTICE_ROOT/var/gate
met=
hold() {
	moment=$1
	shift
	for word; do
		[ ! -e "$gate/$moment.$word" ] || met=yes
		# Undo names a credential by its UUID.
		for file in "$PRACTICE_ROOT"/var/credentials/*; do
			[ -f "$file" ] || continue
			{ IFS= read -r name; IFS= read -r uuid; } < "$file"
			[ "$uuid" != "$word" ] || [ ! -e "$gate/$moment.$name" ] || met=yes
		done
	done
	[ -n "$met" ] || return 0
	rm "$gate/$moment".*
	touch "$gate/reached"
	while [ ! -e "$gate/go" ] && [ ! -e "$gate/drop" ]; do sleep 0.01; done
}
case "$1 $2" in
'credentials create' | 'credentials delete')
	hold "before-$2" "$@"
	code=1
	[ -e "$gate/drop" ] || { "$0.real" "$@"; code=$?; }
	[ -n "$met" ] || hold "after-$2" "$@"
	[ -z "$met" ] || touch "$gate/over"
	exit $code
	;;
esac
exec "$0.real" "$@"
`;
