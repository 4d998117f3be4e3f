import { expect, test, vi } from 'vitest';
import type { FaultHook } from '../../../source/practice/contract.ts';
import { openGround, writes } from '../../helpers/program/ground.ts';

vi.setConfig({ testTimeout: 60_000 });

type Denial = Readonly<{
	on: 'east' | 'west';
	plural: string;
	code: number;
	message: string;
	told: readonly string[];
}>;

const forbidden = (plural: string, message: string) =>
	({ plural, code: 403, message: `${plural} "x" is forbidden: ${message}` }) as const;

test.each<[string, Denial]>([
	[
		'a quota for pods on the destination',
		{
			on: 'west',
			...forbidden('pods', 'exceeded quota: compute, requested: pods=1, used: pods=5, limited: pods=5'),
			told: ['The destination cluster (west) refuses this by a policy: the ResourceQuota compute'],
		},
	],
	[
		'a quota for storage on the source',
		{
			on: 'east',
			...forbidden('persistentvolumeclaims', 'exceeded quota: storage, requested: requests.storage=1Gi'),
			told: ['The source cluster (east) refuses this by a policy: the ResourceQuota storage'],
		},
	],
	[
		'a LimitRange',
		{
			on: 'west',
			...forbidden('pods', '[minimum cpu usage per Container is 100m, but request is 10m]'),
			told: ['refuses this by a policy: a LimitRange (minimum cpu usage per Container is 100m)'],
		},
	],
	[
		'a LimitRange of ratios',
		{
			on: 'east',
			...forbidden(
				'pods',
				'cpu max limit to request ratio per Container is 4, but provided ratio is 10.000000',
			),
			told: ['refuses this by a policy: a LimitRange (cpu max limit to request ratio per Container is 4)'],
		},
	],
	[
		'Pod Security',
		{
			on: 'east',
			...forbidden('pods', 'violates PodSecurity "restricted:latest": seccompProfile'),
			told: ['The source cluster (east) refuses this by a policy: Pod Security (restricted:latest)'],
		},
	],
	[
		'an admission webhook',
		{
			on: 'west',
			plural: 'pods',
			code: 400,
			message: 'admission webhook "images.example.com" denied the request: images must be signed',
			told: ['refuses this by a policy: the admission webhook images.example.com'],
		},
	],
	[
		'no Migration CRD',
		{
			on: 'east',
			plural: 'migrations',
			code: 404,
			message: 'the server could not find the requested resource',
			told: [
				'The source cluster has no Migration resource',
				'kubectl --context east get crd/migrations.stork.libopenstorage.org',
			],
		},
	],
])('%s is found before anything is created', async (_title, { on, plural, code, message, told }) => {
	let isDenied = false;
	const fault: FaultHook = ({ method, url }) =>
		isDenied && method === 'POST' && url.includes(`/${plural}?`)
			? { kind: 'status', code, reason: code === 404 ? 'NotFound' : 'Forbidden', message }
			: undefined;
	await using ground = await openGround({ storkInterval: 50, fault: { [on]: fault } });
	expect((await ground.run(['run', 'answers.yaml'])).exitCode).toBe(0);
	const clusters = Object.values(ground.practice.clusters);
	const before = clusters.map(cluster => writes(cluster).length);
	isDenied = true;
	const { exitCode, out } = await ground.run(['prove']);
	expect(exitCode).toBe(1);
	for (const words of told) expect(out.join('\n')).toContain(words);
	expect(out).toContain('Nothing that it created is left on either cluster.');
	expect(clusters.map(cluster => writes(cluster).length)).toEqual(before);
});
