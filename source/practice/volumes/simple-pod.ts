import { recordOf } from '../api/json.ts';
import type { KubeObject } from '../contract.ts';

/** The one shape of Pod of one's own that runs here: one command of `sh -c`, once, over one claim. */
export type SimplePod = Readonly<{
	container: string;
	image: string;
	command: readonly string[];
	claim: string;
	mountPath: string;
}>;

/** undefined for every other shape. */
export function simplePod({ spec }: KubeObject): SimplePod | undefined {
	const { containers, volumes, restartPolicy, initContainers } = recordOf(spec);
	const [container, ...more] = listOf(containers);
	const [volume, ...others] = listOf(volumes);
	const { name, image, command, args, volumeMounts } = container ?? {};
	const [mount] = listOf(volumeMounts);
	const { claimName } = recordOf(volume?.persistentVolumeClaim);
	const isOne = more.length === 0 && others.length === 0 && !initContainers && !args;
	return isOne && restartPolicy === 'Never' && isShell(command) && mount?.name === volume?.name
		? {
				container: String(name),
				image: String(image),
				command,
				claim: String(claimName),
				mountPath: String(mount?.mountPath),
			}
		: undefined;
}

const listOf = (value: unknown): readonly Readonly<Record<string, unknown>>[] =>
	Array.isArray(value) ? value.map(recordOf) : [];

const isShell = (command: unknown): command is readonly string[] =>
	Array.isArray(command) && command.length === 3 && command[0] === 'sh' && command[1] === '-c';
