/** Field numbers of a message, from the `generated.proto` files of Kubernetes' API. Times are the server's matter: left out. */
export type Shape = {
	readonly [number: number]: readonly [name: string, type: Type, repetition?: 'list' | 'map'];
};

/** `port`: a number of which 0 says nothing. */
type Type = 'text' | 'bytes' | 'number' | 'port' | 'number-or-text' | 'flag' | Shape;

const metadata: Shape = {
	1: ['name', 'text'],
	2: ['generateName', 'text'],
	3: ['namespace', 'text'],
	5: ['uid', 'text'],
	6: ['resourceVersion', 'text'],
	11: ['labels', 'text', 'map'],
	12: ['annotations', 'text', 'map'],
	14: ['finalizers', 'text', 'list'],
};

const reference: Shape = { 1: ['kind', 'text'], 2: ['namespace', 'text'], 3: ['name', 'text'] };

const binding: Shape = {
	1: ['metadata', metadata],
	2: [
		'subjects',
		{ 1: ['kind', 'text'], 2: ['apiGroup', 'text'], 3: ['name', 'text'], 4: ['namespace', 'text'] },
		'list',
	],
	3: ['roleRef', { 1: ['apiGroup', 'text'], 2: ['kind', 'text'], 3: ['name', 'text'] }],
};

const role: Shape = {
	1: ['metadata', metadata],
	2: [
		'rules',
		{
			1: ['verbs', 'text', 'list'],
			2: ['apiGroups', 'text', 'list'],
			3: ['resources', 'text', 'list'],
			4: ['resourceNames', 'text', 'list'],
			5: ['nonResourceURLs', 'text', 'list'],
		},
		'list',
	],
};

const resourceAttributes: Shape = {
	1: ['namespace', 'text'],
	2: ['verb', 'text'],
	3: ['group', 'text'],
	4: ['version', 'text'],
	5: ['resource', 'text'],
	6: ['subresource', 'text'],
	7: ['name', 'text'],
};

/** As much of a pod as `kubectl create` fills in. */
const template: Shape = {
	1: ['metadata', metadata],
	2: [
		'spec',
		{
			2: [
				'containers',
				{
					1: ['name', 'text'],
					2: ['image', 'text'],
					3: ['command', 'text', 'list'],
					4: ['args', 'text', 'list'],
					6: ['ports', { 3: ['containerPort', 'number'], 4: ['protocol', 'text'] }, 'list'],
				},
				'list',
			],
			3: ['restartPolicy', 'text'],
		},
	],
};

/** The kinds that `kubectl create`, `kubectl auth` and `kubectl delete` make themselves. */
export const messages: Readonly<Record<string, Shape>> = {
	ClusterRole: role,
	ClusterRoleBinding: binding,
	ConfigMap: {
		1: ['metadata', metadata],
		2: ['data', 'text', 'map'],
		3: ['binaryData', 'bytes', 'map'],
		4: ['immutable', 'flag'],
	},
	DeleteOptions: {
		1: ['gracePeriodSeconds', 'number'],
		2: ['preconditions', { 1: ['uid', 'text'], 2: ['resourceVersion', 'text'] }],
		4: ['propagationPolicy', 'text'],
		5: ['dryRun', 'text', 'list'],
	},
	Deployment: {
		1: ['metadata', metadata],
		2: [
			'spec',
			{
				1: ['replicas', 'number'],
				2: ['selector', { 1: ['matchLabels', 'text', 'map'] }],
				3: ['template', template],
			},
		],
	},
	Job: { 1: ['metadata', metadata], 2: ['spec', { 6: ['template', template] }] },
	Namespace: { 1: ['metadata', metadata] },
	Role: role,
	RoleBinding: binding,
	Secret: {
		1: ['metadata', metadata],
		2: ['data', 'bytes', 'map'],
		3: ['type', 'text'],
		4: ['stringData', 'text', 'map'],
		5: ['immutable', 'flag'],
	},
	SelfSubjectAccessReview: {
		1: ['metadata', metadata],
		2: [
			'spec',
			{
				1: ['resourceAttributes', resourceAttributes],
				2: ['nonResourceAttributes', { 1: ['path', 'text'], 2: ['verb', 'text'] }],
			},
		],
	},
	SelfSubjectReview: { 1: ['metadata', metadata] },
	SelfSubjectRulesReview: { 1: ['metadata', metadata], 2: ['spec', { 1: ['namespace', 'text'] }] },
	Service: {
		1: ['metadata', metadata],
		2: [
			'spec',
			{
				1: [
					'ports',
					{
						1: ['name', 'text'],
						2: ['protocol', 'text'],
						3: ['port', 'number'],
						4: ['targetPort', 'number-or-text'],
						5: ['nodePort', 'port'],
					},
					'list',
				],
				2: ['selector', 'text', 'map'],
				3: ['clusterIP', 'text'],
				4: ['type', 'text'],
				10: ['externalName', 'text'],
			},
		],
	},
	ServiceAccount: {
		1: ['metadata', metadata],
		2: ['secrets', reference, 'list'],
		3: ['imagePullSecrets', { 1: ['name', 'text'] }, 'list'],
		4: ['automountServiceAccountToken', 'flag'],
	},
	TokenReview: {
		1: ['metadata', metadata],
		2: ['spec', { 1: ['token', 'text'], 2: ['audiences', 'text', 'list'] }],
	},
	TokenRequest: {
		1: ['metadata', metadata],
		2: ['spec', { 1: ['audiences', 'text', 'list'], 4: ['expirationSeconds', 'number'] }],
	},
};
