import { expect, test } from 'vitest';
import { openGround, writes } from '../../helpers/program/ground.ts';

const says = (code: number, reason: string, message: string) => ({ code, reason, message });

const kyverno = says(
	400,
	'',
	'admission webhook "validate.kyverno.svc-fail" denied the request: \n\nresource Namespace//migrationnamespace was blocked',
);
const gatekeeper = says(
	403,
	'Forbidden',
	'admission webhook "validation.gatekeeper.sh" denied the request: [owner] you must provide labels: {"owner"}',
);
const admissionPolicy = says(
	422,
	'Invalid',
	"namespaces \"migrationnamespace\" is forbidden: ValidatingAdmissionPolicy 'owners' with binding 'all' denied request: no owner",
);
const mutatingPolicy = says(
	422,
	'Invalid',
	"namespaces \"migrationnamespace\" is forbidden: MutatingAdmissionPolicy 'labels' with binding 'all' denied request: no such key: team",
);
const silent = says(
	403,
	'Forbidden',
	'admission webhook "deny.example.com" denied the request without explanation',
);
const late = says(
	500,
	'InternalError',
	'Internal error occurred: failed calling webhook "late.example.com": failed to call webhook: Post "https://late.example.svc:443/?timeout=10s": context deadline exceeded',
);
const conversion = says(
	500,
	'InternalError',
	'conversion webhook for stork.libopenstorage.org/v1alpha1, Kind=ClusterPair failed: Post "https://stork.portworx.svc:443/convert?timeout=30s": connection refused',
);
const down = says(
	500,
	'InternalError',
	'Internal error occurred: failed calling webhook "validate.kyverno.svc-fail": failed to call webhook: Post "https://kyverno-svc.kyverno.svc:443/validate": no endpoints available for service "kyverno-svc"',
);

test.concurrent.each([
	[
		'Kyverno, 400',
		kyverno,
		'policy-denied',
		/by a policy: the admission webhook validate\.kyverno\.svc-fail$/,
	],
	[
		'Gatekeeper, 403',
		gatekeeper,
		'policy-denied',
		/by a policy: the admission webhook validation\.gatekeeper\.sh$/,
	],
	[
		'a ValidatingAdmissionPolicy, 422',
		admissionPolicy,
		'policy-denied',
		/: the ValidatingAdmissionPolicy owners$/,
	],
	[
		'a webhook that is down, 500',
		down,
		'webhook-down',
		/its admission webhook validate\.kyverno\.svc-fail does not answer$/,
	],
	[
		'a MutatingAdmissionPolicy, 422',
		mutatingPolicy,
		'policy-denied',
		/: the MutatingAdmissionPolicy labels$/,
	],
	[
		'a webhook that gives no reason, 403',
		silent,
		'policy-denied',
		/: the admission webhook deny\.example\.com$/,
	],
	['a webhook that is too slow, 500', late, 'webhook-down', /webhook late\.example\.com does not answer$/],
	[
		'a conversion webhook that is down, 500',
		conversion,
		'webhook-down',
		/conversion webhook for stork\.libopenstorage\.org\/v1alpha1, Kind=ClusterPair does not answer$/,
	],
])('%s: named before the first change, by a dry run', async (_, { code, reason, message }, id, title) => {
	await using ground = await openGround({
		fault: {
			east: ({ method, url }) =>
				method === 'POST' && url.startsWith('/api/v1/namespaces?')
					? { kind: 'status', code, reason, message }
					: undefined,
		},
	});
	const { exitCode, out } = await ground.run(['run', 'answers.yaml', '--json']);
	expect(exitCode).toBe(1);
	const text = out.join('\n');
	expect(text).toContain(`"id":"${id}"`);
	expect(text).not.toMatch(/bug in pxpair|Have the permission/);
	const problem = out.flatMap(line => findProblems(JSON.parse(line))).find(found => found.id === id);
	expect(problem?.title).toMatch(title);
	expect(problem?.evidence).toMatch(/^Dry run, nothing was changed: https? .*: \d{3} /);
	expect(problem?.evidence?.replaceAll(/\s+/g, ' ')).toContain(
		message.split(':').at(-1)?.trim().slice(0, 12),
	);
	const { east, west } = ground.practice.clusters;
	expect([writes(east), writes(west)]).toEqual([[], []]);
	const tried = east.requests.filter(({ url }) => url.includes('dryRun=All'));
	expect(tried.map(({ url }) => url.split('?')[0])).toContain('/api/v1/namespaces');
});

test('a webhook without dry run is named, and stops nothing', async () => {
	await using ground = await openGround({
		fault: {
			east: ({ method, url }) =>
				method === 'POST' && /^\/api\/v1\/namespaces\?.*dryRun=All/.test(url)
					? {
							kind: 'status',
							code: 400,
							reason: 'BadRequest',
							message: 'admission webhook "labels.example.com" does not support dry run',
						}
					: undefined,
		},
	});
	const { exitCode, out } = await ground.run(['check', 'answers.yaml']);
	expect(exitCode).toBe(0);
	expect(out.join(' ').replaceAll(/\s+/g, ' ')).toMatch(
		/To be created: the namespace migrationnamespace on the source .*; it could not be tried in a dry run: https .*: 400 BadRequest: admission webhook "labels\.example\.com" does not support dry run/,
	);
	expect((await ground.run(['run', 'answers.yaml'])).exitCode).toBe(0);
});

type Told = Readonly<{ id?: string; title?: string; evidence?: string }>;

/** Wherever they stand in a line. */
function findProblems(value: unknown): readonly Told[] {
	if (typeof value !== 'object' || value === null) return [];
	const own: readonly Told[] = 'id' in value && 'title' in value ? [value as Told] : [];
	return [...own, ...Object.values(value).flatMap(findProblems)];
}
