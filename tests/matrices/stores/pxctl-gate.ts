import { vi } from 'vitest';
import type { PracticeCluster } from '../../../source/practice/practice-cluster.ts';
import { eachPod, replacePxctl } from '../../helpers/clusters/pod-files.ts';

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

export function putGate(cluster: PracticeCluster): PxctlGate {
	const gate = '/var/gate';
	replacePxctl(cluster, script);
	const clear = () =>
		eachPod(cluster, files => {
			files.makeFolders(gate);
			for (const path of files.all()) if (path.startsWith(`${gate}/`)) files.remove(path);
		});
	const put = (name: string) => eachPod(cluster, files => files.write(`${gate}/${name}`, ''));
	const isThere = (name: string) =>
		[...cluster.podFiles().values()].some(files => files.find(`${gate}/${name}`) !== undefined);
	clear();
	const appears = async (name: string) => {
		await vi.waitUntil(() => isThere(name), { timeout: 120_000, interval: 5 });
	};
	return {
		expect(moment, command, credential) {
			clear();
			put(`${moment}-${command}.${credential}`);
			const reached = appears('reached');
			// Of a program that ends without coming here, that is what is told.
			reached.catch(() => {});
			return {
				reached,
				async release(how) {
					if (isThere('reached')) {
						put(how);
						await appears('over');
					}
					clear();
				},
			};
		},
	};
}

const script = `gate=/var/gate
met=
# Undo names a credential by its UUID.
names=$("$0.real" credentials list 2> /dev/null)
hold() {
	moment=$1
	shift
	for word; do
		name=$(printf '%s\\n' "$names" | grep "^$word" | cut -f2)
		[ ! -e "$gate/$moment.$word" ] || met=yes
		[ -z "$name" ] || [ ! -e "$gate/$moment.$name" ] || met=yes
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
exec "$0.real" "$@"`;
