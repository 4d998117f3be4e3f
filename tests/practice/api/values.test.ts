import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Practice, startPractice } from '../../../source/practice/practice.ts';
import { request } from '../../../source/practice/request.ts';
import { ask, entriesOf } from '../real/ask.ts';

let practice: Practice;

beforeAll(async () => {
	practice = await startPractice();
});

afterAll(() => practice.close());

const core = '/api/v1/namespaces/default';
const apps = '/apis/apps/v1/namespaces/default';
const batch = '/apis/batch/v1/namespaces/default';
const rbac = '/apis/rbac.authorization.k8s.io/v1';
const metadata = { name: 'odd' };
const web = { app: 'web' };
const container = { name: 'a', image: 'b:1' };
const template = { metadata: { labels: web }, spec: { containers: [container] } };
const labelRule =
	"a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const noLabels =
	'spec.template.metadata.labels: Invalid value: map[string]string(nil): `selector` does not match template `labels`';

const pod = (spec: object) => [`${core}/pods`, { metadata, spec }] as const;
const inPod = (part: object) => pod({ containers: [{ ...container, ...part }] });
const service = (spec: object) => [`${core}/services`, { metadata, spec }] as const;
const role = (...rules: object[]) => [`${rbac}/namespaces/default/roles`, { metadata, rules }] as const;
const binding = (roleRef: object, ...subjects: object[]) =>
	[`${rbac}/namespaces/default/rolebindings`, { metadata, roleRef, subjects }] as const;
const claim = (spec: object) => [`${core}/persistentvolumeclaims`, { metadata, spec }] as const;
const map = (about: object) => [`${core}/configmaps`, { metadata: { ...metadata, ...about } }] as const;
const secret = (type: string) => [`${core}/secrets`, { metadata, type }] as const;
const sized = { requests: { storage: '1Gi' } };

type Row = readonly [title: string, sent: readonly [path: string, object: object], told: readonly string[]];

const created: readonly Row[] = [
	['a Pod without containers', pod({}), ['spec.containers: Required value']],
	[
		'containers without anything',
		pod({ containers: [{}] }),
		['spec.containers[0].name: Required value', 'spec.containers[0].image: Required value'],
	],
	[
		'containers of one name',
		pod({ containers: [container, container] }),
		['spec.containers[1].name: Duplicate value: "a"'],
	],
	[
		'the name of a container',
		inPod({ name: 'A' }),
		[`spec.containers[0].name: Invalid value: "A": ${labelRule}`],
	],
	[
		'ports of a container',
		inPod({ ports: [{ containerPort: 70_000 }, {}, { containerPort: 1, protocol: 'X' }] }),
		[
			'spec.containers[0].ports[0].containerPort: Invalid value: 70000: must be between 1 and 65535, inclusive',
			'spec.containers[0].ports[1].containerPort: Required value',
			'spec.containers[0].ports[2].protocol: Unsupported value: "X": supported values: "SCTP", "TCP", "UDP"',
		],
	],
	[
		'a mount of no volume',
		inPod({ volumeMounts: [{ name: 'x', mountPath: '/x' }] }),
		['spec.containers[0].volumeMounts[0].name: Not found: "x"'],
	],
	[
		'a restart policy',
		pod({ containers: [container], restartPolicy: 'Sometimes' }),
		['spec.restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "OnFailure", "Never"'],
	],
	[
		'an empty Deployment',
		[`${apps}/deployments`, { metadata, spec: {} }],
		['spec.selector: Required value', noLabels, 'spec.template.spec.containers: Required value'],
	],
	[
		'a Deployment that never restarts',
		[
			`${apps}/deployments`,
			{
				metadata,
				spec: {
					selector: { matchLabels: web },
					template: { ...template, spec: { ...template.spec, restartPolicy: 'Never' } },
				},
			},
		],
		['spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"'],
	],
	[
		'two strategies',
		[
			`${apps}/deployments`,
			{
				metadata,
				spec: {
					selector: { matchLabels: web },
					template,
					strategy: { type: 'Recreate', rollingUpdate: { maxSurge: 1 } },
				},
			},
		],
		["spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'"],
	],
	[
		'a StatefulSet that selects all',
		[`${apps}/statefulsets`, { metadata, spec: { selector: {}, template } }],
		[
			'spec.selector: Invalid value: v1.LabelSelector{MatchLabels:map[string]string(nil), MatchExpressions:[]v1.LabelSelectorRequirement(nil)}: empty selector is invalid for statefulset',
		],
	],
	[
		'an empty Job',
		[`${batch}/jobs`, { metadata, spec: {} }],
		[
			'spec.template.spec.containers: Required value',
			'spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"',
		],
	],
	[
		'an empty claim',
		claim({}),
		[
			'spec.accessModes: Required value: at least 1 access mode is required',
			'spec.resources[storage]: Required value',
		],
	],
	[
		'a way into a volume',
		claim({ accessModes: ['X'], resources: sized }),
		[
			'spec.accessModes: Unsupported value: "X": supported values: "ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"',
		],
	],
	['a Service without ports', service({}), ['spec.ports: Required value']],
	[
		'ports of a Service',
		service({ ports: [{ port: 0 }, { port: 80, name: 'a', nodePort: 31_000 }] }),
		[
			'spec.ports[0].name: Required value',
			'spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive',
			"spec.ports[1].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'",
		],
	],
	[
		'an address that is none',
		service({ ports: [{ port: 80 }], clusterIP: 'abc' }),
		[
			'spec.clusterIPs[0]: Invalid value: "abc": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
		],
	],
	[
		'an address of another network',
		service({ ports: [{ port: 80 }], clusterIP: '1.2.3.4' }),
		[
			'spec.clusterIPs: Invalid value: []string{"1.2.3.4"}: failed to allocate IP 1.2.3.4: the provided IP (1.2.3.4) is not in the valid range. The range of valid IPs is 10.96.0.0/12',
		],
	],
	[
		'an empty rule',
		role({}),
		[
			'rules[0].verbs: Required value: verbs must contain at least one value',
			'rules[0].apiGroups: Required value: resource rules must supply at least one api group',
			'rules[0].resources: Required value: resource rules must supply at least one resource',
		],
	],
	[
		'paths in a Role',
		role({ verbs: ['get'], nonResourceURLs: ['/x'] }),
		[
			'rules[0].nonResourceURLs: Invalid value: []string{"/x"}: namespaced rules cannot apply to non-resource URLs',
		],
	],
	[
		'a binding to no role',
		binding({ kind: 'Group', name: '' }, { kind: 'Robot', name: 'x' }),
		[
			'roleRef.kind: Unsupported value: "Group": supported values: "Role", "ClusterRole"',
			'roleRef.name: Required value',
			'subjects[0].kind: Unsupported value: "Robot": supported values: "ServiceAccount", "User", "Group"',
		],
	],
	[
		'an owner without a UID',
		map({ ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name: 'x' }] }),
		['metadata.ownerReferences.uid: Invalid value: "": uid must not be empty'],
	],
	[
		'annotations without end',
		map({ annotations: { a: 'x'.repeat(262_144) } }),
		['metadata.annotations: Too long: must have at most 262144 bytes'],
	],
	[
		'a Secret of a type',
		secret('kubernetes.io/tls'),
		['data[tls.crt]: Required value', 'data[tls.key]: Required value'],
	],
	[
		'the token of no one',
		secret('kubernetes.io/service-account-token'),
		['metadata.annotations[kubernetes.io/service-account.name]: Required value'],
	],
	[
		'a StorageClass of no one',
		['/apis/storage.k8s.io/v1/storageclasses', { metadata, reclaimPolicy: 'Keep' }],
		[
			'provisioner: Required value',
			'reclaimPolicy: Unsupported value: "Keep": supported values: "Delete", "Retain"',
		],
	],
];

test.each(created)('%s', async (_, [path, object], told) => {
	const { code, json } = await ask(practice, 'east', path, object);
	expect({ code, told: problemsOf(json) }).toEqual({ code: 422, told });
});

const volume = claim({ accessModes: ['ReadWriteOnce'], resources: sized, storageClassName: 'px-csi-db' });

const changed: readonly (readonly [...Row, change: object])[] = [
	[
		'another address',
		service({ ports: [{ port: 80 }] }),
		['spec.clusterIPs[0]: Invalid value: []string{"10.96.1.250"}: may not change once set'],
		{ spec: { clusterIP: '10.96.1.250' } },
	],
	[
		'another class of a claim',
		volume,
		[
			'spec: Forbidden: spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims',
		],
		{ spec: { storageClassName: 'other' } },
	],
	[
		'another command of a Pod',
		inPod({}),
		[
			'spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations`,`spec.terminationGracePeriodSeconds`',
		],
		{ spec: { containers: [{ ...container, args: ['x'] }] } },
	],
];

describe('a change', () => {
	test.each(changed)('%s', async (title, [path, object], told, change) => {
		const name = title.replaceAll(' ', '-').toLowerCase();
		const given = await ask(practice, 'east', path, { ...object, metadata: { name } });
		expect(given.code).toBe(201);
		const { code, json } = await patched(`${path}/${name}`, change);
		expect({ code, told: problemsOf(json) }).toEqual({ code: 422, told });
	});

	test('a Service keeps its address', async () => {
		const [path, object] = service({ ports: [{ port: 80 }], clusterIP: '10.96.1.251' });
		await ask(practice, 'east', path, { ...object, metadata: { name: 'kept' } });
		expect(await patched(`${path}/kept`, { spec: { clusterIP: null } })).toMatchObject({
			json: { spec: { clusterIP: '10.96.1.251', clusterIPs: ['10.96.1.251'] } },
		});
	});

	test('what may change does', async () => {
		await ask(practice, 'east', `${core}/pods`, {
			metadata: { name: 'may' },
			spec: { containers: [container] },
		});
		const next = { spec: { containers: [{ ...container, image: 'c:2' }] } };
		expect(await patched(`${core}/pods/may`, next)).toMatchObject({ code: 200 });
	});
});

function problemsOf(status: { details?: { causes?: { field: string; message: string }[] } }): string[] {
	return status.details?.causes?.map(({ field, message }) => `${field}: ${message}`) ?? [];
}

async function patched(path: string, change: object) {
	const { cluster, user } = entriesOf(practice.kubeconfig, 'east');
	const { code, body } = await request(
		new URL(`${cluster.server}${path}`),
		{
			method: 'PATCH',
			ca: Buffer.from(cluster['certificate-authority-data'], 'base64').toString(),
			headers: {
				authorization: `Bearer ${user.token}`,
				'content-type': 'application/merge-patch+json',
			},
			timeout: 5000,
		},
		JSON.stringify(change),
	);
	return { code, json: JSON.parse(body) };
}
