import { expect, onTestFinished, test, vi } from 'vitest';
import { startPractice } from '../../source/practice/practice.ts';
import { startKubectl } from '../helpers/kubectl.ts';
import { startTestApi } from '../helpers/practice-api.ts';

// Each of these answers was given by Kubernetes 1.26 to the same command. The first to come unpacks kubectl.
vi.setConfig({ testTimeout: 60_000 });

/** Commands as words, the last of which may be a patch; of the last command what it prints. */
async function answers(...commands: readonly (string | readonly [string, unknown])[]): Promise<string> {
	const practice = await startPractice();
	onTestFinished(() => practice.close());
	const kubectl = await startKubectl(practice.kubeconfig);
	onTestFinished(() => kubectl.close());
	let printed = '';
	for (const command of ['create ns conf-a', 'create sa bot -n conf-a', ...commands]) {
		const [line, value] = typeof command === 'string' ? [command] : command;
		const json = JSON.stringify(value);
		const args = ['--context', 'east', ...line.split(' '), ...(line.endsWith(' -p') ? [json] : [])];
		const { stdout, stderr } = await kubectl.run(args, line.endsWith(' -p') ? '' : json);
		printed = [stdout, stderr].filter(Boolean).join('\n');
	}
	return printed;
}

const metadata = { name: 'a', namespace: 'conf-a' };
const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata };
const bot = '--as=system:serviceaccount:conf-a:bot';
const merge = (what: string) => `patch ${what} -n conf-a --type=merge -p`;
const deployment = {
	apiVersion: 'apps/v1',
	kind: 'Deployment',
	metadata,
	spec: {
		selector: { matchLabels: { a: 'b' } },
		template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'x', image: 'y' }] } },
	},
};
const mismatch =
	'spec.template.metadata.labels: Invalid value: map[string]string{"a":"b"}: `selector` does not match template `labels`';

test.each<[string, readonly (string | readonly [string, unknown])[], string]>([
	[
		'a bad key',
		[['apply -f -', { apiVersion: 'v1', kind: 'Secret', metadata, data: { 'a b': 'eA==' } }]],
		`The Secret "a" is invalid: data[a b]: Invalid value: "a b": a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')`,
	],
	[
		'the type of a Secret',
		['create secret generic a -n conf-a', [merge('secret a'), { type: 'x/y' }]],
		'The Secret "a" is invalid: type: Invalid value: "x/y": field is immutable',
	],
	[
		'an immutable Secret',
		[
			'create secret generic a -n conf-a',
			[merge('secret a'), { immutable: true }],
			[merge('secret a'), { data: { a: 'eA==' } }],
		],
		'The Secret "a" is invalid: data: Forbidden: field is immutable when `immutable` is set',
	],
	[
		'another role for a binding',
		[
			'create rolebinding a -n conf-a --role=r --serviceaccount=conf-a:bot',
			[merge('rolebinding a'), { roleRef: { name: 'other' } }],
		],
		'The RoleBinding "a" is invalid: roleRef: Invalid value: rbac.RoleRef{APIGroup:"rbac.authorization.k8s.io", Kind:"Role", Name:"other"}: cannot change roleRef',
	],
	[
		'a finalizer without a domain',
		['create cm a -n conf-a', [merge('cm a'), { metadata: { finalizers: ['x'] } }]],
		'The ConfigMap "a" is invalid: metadata.finalizers[0]: Invalid value: "x": name is neither a standard finalizer name nor is it fully qualified',
	],
	[
		'a finalizer more while it is deleted',
		[
			'create cm a -n conf-a',
			[merge('cm a'), { metadata: { finalizers: ['e.com/x'] } }],
			'delete cm a -n conf-a --wait=false',
			[merge('cm a'), { metadata: { finalizers: ['e.com/x', 'e.com/y'] } }],
		],
		'The ConfigMap "a" is invalid: metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{"e.com/y"}',
	],
	[
		'a Deployment that does not select its own pods',
		[['apply -f -', { ...deployment, spec: { ...deployment.spec, selector: { matchLabels: { a: 'c' } } } }]],
		`The Deployment "a" is invalid: ${mismatch}`,
	],
	[
		'another selector',
		[
			['apply -f -', deployment],
			[merge('deploy a'), { spec: { selector: { matchLabels: { a: 'c' } } } }],
		],
		`The Deployment "a" is invalid: \n* ${mismatch}\n* spec.selector: Invalid value: v1.LabelSelector{MatchLabels:map[string]string{"a":"c"}, MatchExpressions:[]v1.LabelSelectorRequirement(nil)}: field is immutable`,
	],
	[
		'an unknown field',
		[['apply -f -', { ...configMap, dataa: { x: 'y' } }]],
		'Error from server (BadRequest): error when creating "STDIN": ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: unknown field "dataa"',
	],
	[
		'an unknown field, with a warning',
		[['apply --validate=warn -f -', { ...configMap, dataa: { x: 'y' } }]],
		'configmap/a created\nWarning: unknown field "dataa"',
	],
	[
		'a value of another type, deep inside',
		[['apply -f -', { ...deployment, spec: { ...deployment.spec, replicas: 'two' } }]],
		'Error from server (BadRequest): error when creating "STDIN": Deployment in version "v1" cannot be handled as a Deployment: json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32',
	],
	[
		'a field that no one selects by',
		['get cm -n conf-a --field-selector data.a=1'],
		'Error from server (BadRequest): Unable to find "/v1, Resource=configmaps" that match label selector "", field selector "data.a=1": "data.a" is not a known field selector: only "metadata.name", "metadata.namespace"',
	],
	[
		'a namespace that every cluster has',
		['delete ns kube-system --dry-run=server'],
		'Error from server (Forbidden): namespaces "kube-system" is forbidden: this namespace may not be deleted',
	],
	[
		'the label with the name of a namespace',
		[
			'label ns conf-a kubernetes.io/metadata.name=zz --overwrite',
			'get ns conf-a -o jsonpath={.metadata.labels}',
		],
		'{"kubernetes.io/metadata.name":"conf-a"}',
	],
	['what another may', [`auth can-i create pods/exec -n conf-a ${bot}`], 'no'],
	[
		'what no one may who has not logged in',
		['auth can-i get /healthz --as=system:anonymous --as-group=system:unauthenticated'],
		'Error from server (Forbidden): selfsubjectaccessreviews.authorization.k8s.io is forbidden: User "system:anonymous" cannot create resource "selfsubjectaccessreviews" in API group "authorization.k8s.io" at the cluster scope',
	],
	[
		'an access review for someone else',
		[
			[
				'create --validate=false -o jsonpath={.status.allowed} -f -',
				{
					apiVersion: 'authorization.k8s.io/v1',
					kind: 'SubjectAccessReview',
					spec: { user: 'someone', resourceAttributes: { verb: 'get', resource: 'pods' } },
				},
			],
		],
		'false',
	],
])('%s', async (_, commands, answer) => {
	expect(await answers(...commands)).toBe(answer);
});

test('the administrator may everything, and a list says so', async () => {
	expect((await answers('auth can-i --list')).split('\n')[1]).toMatch(/^\*\.\* +\[\] +\[\] +\[\*\]$/);
});

test('a token for others is none for the API server', async () => {
	const { ask } = await startTestApi();
	const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'bot' } };
	await ask('POST /api/v1/namespaces/demo/serviceaccounts', { body: account });
	const codeWith = async (spec: object) => {
		const { json } = await ask('POST /api/v1/namespaces/demo/serviceaccounts/bot/token', { body: { spec } });
		const { token } = (json as { status: { token: string } }).status;
		return (await ask('GET /api/v1/namespaces/demo/configmaps', { token })).code;
	};
	expect(await codeWith({ audiences: ['other'] })).toBe(401);
	expect(await codeWith({})).toBe(403);
});
