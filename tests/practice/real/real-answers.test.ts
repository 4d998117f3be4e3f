import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Practice, startPractice } from '../../../source/practice/practice.ts';
import { resources } from '../../../source/practice/resources.ts';
import { access } from '../../fixtures/real-answers/access.ts';
import { deletions } from '../../fixtures/real-answers/deletions.ts';
import { reads } from '../../fixtures/real-answers/reads.ts';
import type { Line, Printed, Row } from '../../fixtures/real-answers/row.ts';
import { workloads } from '../../fixtures/real-answers/workloads.ts';
import { writes } from '../../fixtures/real-answers/writes.ts';
import { type Kubectl, startKubectl } from '../../helpers/kubectl.ts';

// The first to come unpacks kubectl.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let practice: Practice;
let kubectl: Kubectl;
let pod = { name: '', namespace: '', node: '' };
let namespaces = 0;
const page = readFile(join(import.meta.dirname, '../../../docs/practice.md'), 'utf8');

beforeAll(async () => {
	practice = await startPractice({ namespacePause: 600_000 });
	kubectl = await startKubectl(practice.kubeconfig);
	const [found] = practice.clusters.east.store
		.list(resources.pods)
		.filter(({ metadata }) => metadata.labels?.name === 'portworx');
	if (!found) throw new Error('there is no Portworx pod');
	const { nodeName: node } = found.spec as { nodeName: string };
	pod = { name: found.metadata.name, namespace: found.metadata.namespace ?? '', node };
});

afterAll(async () => {
	await kubectl.close();
	await practice.close();
});

describe.each([
	['writes', writes],
	['deletions', deletions],
	['access', access],
	['reads', reads],
	['workloads', workloads],
])('%s', (_, rows) => {
	test.each(rows.map(row => [row.title, row] as const))('%s', async (_, row) => {
		const printed = await printedBy(row);
		if (!row.differs) {
			expect(printed).toEqual(expected(row.real, printed));
			return;
		}
		expect(printed).toEqual(expected(row.differs.practice, printed));
		expect(expected(row.differs.practice, printed)).not.toEqual(expected(row.real, printed));
		expect((await page).replaceAll(/\s+/g, ' ')).toContain(row.differs.told);
	});
});

async function printedBy({ given = [], lines }: Row): Promise<Required<Printed>> {
	namespaces += 1;
	const namespace = `conf-${namespaces}`;
	const bot = `${namespace}:bot`;
	const setUp = [
		`create ns ${namespace}`,
		'create sa bot',
		'create role r1 --verb=get,list --resource=pods,secrets',
		`create rolebinding r1 --role=r1 --serviceaccount=${bot}`,
	];
	for (const line of [...setUp, ...given]) expect(await run(line, namespace)).toMatchObject({ exitCode: 0 });
	const all = [];
	for (const line of lines) all.push(await run(line, namespace));
	return {
		exit: all.at(-1)?.exitCode ?? -1,
		stdout: normal(all.map(({ stdout }) => stdout).join('\n'), namespace),
		stderr: normal(all.map(({ stderr }) => stderr).join('\n'), namespace),
	};
}

async function run(line: Line, namespace: string) {
	const [text, value] = typeof line === 'string' ? [line] : line;
	const given = (typeof value === 'string' ? value : JSON.stringify(value)) ?? '';
	const placed = (words: string) =>
		words.replaceAll('conf-a', namespace).replaceAll('PXPOD', pod.name).replaceAll('PXNS', pod.namespace);
	const isBot = text.startsWith('bot: ');
	const words = placed(text.replace('bot: ', '')).split(' ');
	const isManifest = text.endsWith('-f -');
	const args = value === undefined || isManifest ? words : [...words, placed(given)];
	const login = isBot ? ['--user', '', '--token', await tokenIn(namespace)] : [];
	const isOfCluster = words.includes('-n') || words.includes('ns');
	const place = isOfCluster ? [] : ['-n', namespace];
	return kubectl.run(['--context', 'east', ...place, ...login, ...args], isManifest ? placed(given) : '');
}

async function tokenIn(namespace: string): Promise<string> {
	return (await kubectl.run(['--context', 'east', '-n', namespace, 'create', 'token', 'bot'])).stdout;
}

/** Names, times and spaces are those of a cluster and its client, not of an answer. */
function normal(text: string, namespace: string): string {
	return text
		.split('\n')
		.map(line => line.trim().replaceAll(/[ \t]{2,}/g, '  '))
		.filter(line => line !== '')
		.join('\n')
		.replaceAll(` from ${namespace} namespace`, '')
		.replaceAll(new RegExp(`\\b${namespace}\\b`, 'g'), 'conf-a')
		.replaceAll(pod.name, 'PXPOD')
		.replaceAll(pod.node, 'PXNODE')
		.replaceAll(/\b[WEI]\d{4} [\d:.]+ +\d+ (\w+\.go):\d+\]/g, '<KLOG $1>')
		.replaceAll(/\d{4}-\d\d-\d\dT[\d:]+Z/g, '<TIME>')
		.replaceAll(/\busing pod\/stork-\S+/g, 'using pod/<STORK>')
		.replaceAll(/(\d+\.){3}\d+/g, '<IP>')
		.replaceAll(/\bweb-[a-z0-9]{8,10}(-[a-z0-9]{5})?\b/g, 'web-<HASH>')
		.replaceAll(/ {2}(\d+[smhd])+$/gm, '  <AGE>');
}

/** Of a text that ends in an ellipsis only the beginning was recorded. */
function expected({ exit, stdout = '', stderr = '' }: Printed, found: Required<Printed>): Required<Printed> {
	const isBegun = stderr.endsWith('…') && found.stderr.startsWith(stderr.slice(0, -1));
	return { exit, stdout, stderr: isBegun ? found.stderr : stderr };
}
