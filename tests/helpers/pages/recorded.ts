import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const recordedFolder = fileURLToPath(new URL('../../fixtures/storkctl', import.meta.url));

export type Recorded = Readonly<{ stdout: string; stderr: string; exit: number }>;

/** What a real storkctl 23.5 printed for `fixtures/storkctl/kubeconfig.yaml`. */
export function recorded(name: string): Recorded {
	const text = readFileSync(`${recordedFolder}/${name}.txt`, 'utf8');
	const match = /^\$ .*\n--- stdout\n([\s\S]*)--- stderr\n([\s\S]*)--- exit (\d+)\n$/.exec(text);
	if (!match) {
		throw new Error(`${name}.txt is not a recording`);
	}
	return { stdout: match[1] ?? '', stderr: match[2] ?? '', exit: Number(match[3]) };
}
