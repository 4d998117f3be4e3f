import type { LogLine } from '../logs/pod-logs.ts';
import type { Answer, ApiRequest, Cluster, Target } from './cluster.ts';
import { containerOf } from './containers.ts';
import { badRequest } from './failures.ts';
import { recordOf } from './json.ts';
import { current } from './writes/change.ts';

/** What a container wrote, and with `follow` what it goes on to write. A pod without a node has no log yet, and that is not an error. */
export function readLog(cluster: Cluster, { query }: ApiRequest, target: Target): Answer {
	const pod = current(cluster, target);
	const container = containerOf(pod, query.get('container') ?? '');
	if (isOn(query, 'previous'))
		throw badRequest(`previous terminated container "${container}" in pod "${pod.metadata.name}" not found`);
	const { logs } = cluster;
	const hasLog = recordOf(pod.spec).nodeName !== undefined;
	const all = () => (logs && hasLog ? logs.of(pod, container) : []);
	const shown = (line: LogLine) =>
		`${isOn(query, 'timestamps') ? `${line.at.toISOString().replace('Z', '000000Z')} ` : ''}${line.text}\n`;
	const wanted = selected(all(), query, cluster.now()).map(shown).join('');
	const limit = Number(query.get('limitBytes') ?? Number.POSITIVE_INFINITY);
	if (!logs || !hasLog || !isOn(query, 'follow'))
		return { kind: 'text', code: 200, body: Buffer.from(wanted).subarray(0, limit).toString() };
	let told = all().length;
	return {
		kind: 'stream',
		type: 'text/plain',
		start(write) {
			write(wanted);
			return logs.subscribe(() => {
				const lines = all();
				for (const line of lines.slice(told)) write(shown(line));
				told = lines.length;
			});
		},
	};
}

function selected(lines: readonly LogLine[], query: URLSearchParams, now: Date): readonly LogLine[] {
	const seconds = query.get('sinceSeconds');
	const since = seconds ? now.getTime() - Number(seconds) * 1000 : Date.parse(query.get('sinceTime') ?? '');
	const late = Number.isNaN(since) ? lines : lines.filter(({ at }) => at.getTime() >= since);
	const tail = query.get('tailLines');
	return tail === null ? late : late.slice(Math.max(0, late.length - Number(tail)));
}

const isOn = (query: URLSearchParams, flag: string) => ['true', '1'].includes(query.get(flag) ?? '');
