import { expect, test } from 'vitest';
import { undecodable } from '../../../source/pairing/cluster-pair/undecodable.ts';

const extension = { 'last-update': 'x', provider: 'minikube.sigs.k8s.io' };
const extensions = { cluster_info: extension };
const inConfig = "its config has extensions that Stork can't decode";

test.each<[string, unknown, string | undefined]>([
	['nothing', undefined, undefined],
	['texts', { options: { ip: '10.0.0.2', port: '9001' }, config: { clusters: { a: {} } } }, undefined],
	['an option that is nothing', { options: { mode: null } }, undefined],
	['a number', { options: { ip: '10.0.0.2', port: 9001 } }, 'its option port is not a string'],
	['a truth', { options: { backuplocation: false } }, 'its option backuplocation is not a string'],
	['a mapping', { options: { a: {} } }, 'its option a is not a string'],
	['no extensions', { config: { clusters: { a: { extensions: null } } } }, undefined],
	['extensions without any', { config: { clusters: { a: { extensions: {} } } } }, undefined],
	['of a cluster', { config: { clusters: { a: { extensions } } } }, inConfig],
	['of a context', { config: { contexts: { a: { extensions } } } }, inConfig],
	['of a user', { config: { users: { a: {}, b: { extensions } } } }, inConfig],
	['of the whole', { config: { extensions } }, inConfig],
	['of the preferences', { config: { preferences: { extensions } } }, inConfig],
	['options that are no mapping', { options: 'x' }, 'its options is not a map'],
	['a config that is none', { config: ['y'] }, 'its config is not a map'],
	[
		'a token that is a number',
		{ config: { users: { a: { token: 1 } } } },
		'its config.users.a.token is not a string',
	],
	[
		'a flag that is a text',
		{ config: { clusters: { a: { 'insecure-skip-tls-verify': 'yes' } } } },
		'its config.clusters.a.insecure-skip-tls-verify is not true or false',
	],
	[
		'data that is not base64',
		{ config: { clusters: { a: { 'certificate-authority-data': '-----' } } } },
		'its config.clusters.a.certificate-authority-data is not base64',
	],
	[
		'groups that are a text',
		{ config: { users: { a: { 'act-as-groups': 'dev' } } } },
		'its config.users.a.act-as-groups is not a list',
	],
	[
		'args of a plugin',
		{ config: { users: { a: { exec: { args: [1] } } } } },
		'its config.users.a.exec.args.0 is not a string',
	],
	[
		'a config of a provider',
		{ config: { users: { a: { 'auth-provider': { config: { x: 1 } } } } } },
		'its config.users.a.auth-provider.config.x is not a string',
	],
	[
		'platform options',
		{ platformOptions: { rancher: { projectMappings: { a: 1 } } } },
		'its platformOptions.rancher.projectMappings.a is not a string',
	],
	['fields that no one knows', { config: { users: { a: { x: 1, Config: null } } }, y: [] }, undefined],
	['nothing in their place', { config: { users: { a: null }, clusters: null }, options: null }, undefined],
])('%s', (_, spec, because) => {
	expect(undecodable({ metadata: { name: 'a' }, spec } as never)).toBe(because);
});
