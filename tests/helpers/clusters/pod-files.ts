import type { Files } from '../../../source/practice/pod/files.ts';
import type { PracticeCluster } from '../../../source/practice/practice-cluster.ts';
import { type Canaries, canariesIn } from '../canaries.ts';

type Pods = Pick<PracticeCluster, 'podFiles'>;

const pxctl = '/opt/pwx/bin/pxctl';

/** Puts a script in the place of pxctl, in every Portworx pod; the pretend one is beside it as `pxctl.real`. */
export function replacePxctl(cluster: Pods, script: string): void {
	for (const files of cluster.podFiles().values()) {
		if (!files.find(`${pxctl}.real`)) files.put(`${pxctl}.real`, files.get(pxctl));
		files.write(pxctl, `#!/bin/sh\n${script}\n`, 0o755);
	}
}

/** What a file holds in the pods that have it, one after the other. */
export const readInPods = (cluster: Pods, path: string): string =>
	[...cluster.podFiles().values()].flatMap(files => (files.find(path) ? [files.read(path)] : [])).join('');

export const eachPod = (cluster: Pods, work: (files: Files) => void): void => {
	for (const files of cluster.podFiles().values()) work(files);
};

/** Which of the secrets are in the pods' files, and what is left where nothing stays. */
export function leftInPods(cluster: Pods, secrets: Canaries): string[] {
	return [...cluster.podFiles()].flatMap(([pod, files]) =>
		files
			.all()
			.flatMap(path => [
				...(files.get(path, 'keep').kind === 'file' ? canariesIn(files.read(path), secrets) : []).map(
					name => `${name} in ${pod}:${path}`,
				),
				...(/^\/(etc\/pwx|tmp|dev\/shm|root)\//.test(path) ? [`${pod}:${path} is left`] : []),
			]),
	);
}
