import { expect, test } from 'vitest';
import { namespaceType, nodeType, podType } from '../../../source/pairing/clusters/kubernetes.ts';
import {
	describePermission,
	joinPermissions,
	type Permission,
} from '../../../source/pairing/clusters/permission.ts';
import { clusterPairType } from '../../../source/pairing/clusters/portworx-kinds.ts';
import { may } from '../../../source/pairing/step/permissions-needed.ts';
import { smallestRole } from '../../../source/pairing/step/smallest-role.ts';

const pair = { namespace: 'demo', name: 'remote' };
const getPair = may('source', 'get', clusterPairType, 'see it', pair);
const patchPair = may('source', 'patch', clusterPairType, 'apply it', pair);
const watchPairs = may('source', 'watch', clusterPairType, 'wait', { namespace: 'demo', for: 'help' });
const getExec = may('source', 'get', podType, 'run pxctl', { subresource: 'exec', namespace: 'portworx' });
const createExec: Permission = { ...getExec, verb: 'create' };
const listNodes = may('source', 'list', nodeType, 'find out where it is');
const listPods = may('source', 'list', podType, 'find Portworx');
const getNamespace = may('source', 'get', namespaceType, 'look for it', { name: 'demo' });
const makeNamespace = may('source', 'create', namespaceType, 'make it', { unlessNamespace: 'demo' });

const none: readonly string[] = [];

test('rights in a namespace become a Role there, all others a ClusterRole; both are bound to the user', () => {
	expect(
		smallestRole([getPair, patchPair, watchPairs, listNodes, listPods], { user: 'jane', absent: none }),
	).toMatchInlineSnapshot(`
		"apiVersion: rbac.authorization.k8s.io/v1
		kind: Role
		metadata:
		  name: pxpair-4490561c
		  namespace: demo
		rules:
		  - apiGroups:
		      - stork.libopenstorage.org
		    resources:
		      - clusterpairs
		    resourceNames:
		      - remote
		    verbs:
		      - get
		      - patch
		  - apiGroups:
		      - stork.libopenstorage.org
		    resources:
		      - clusterpairs
		    verbs:
		      - watch
		---
		apiVersion: rbac.authorization.k8s.io/v1
		kind: RoleBinding
		metadata:
		  name: pxpair-4490561c
		  namespace: demo
		roleRef:
		  apiGroup: rbac.authorization.k8s.io
		  kind: Role
		  name: pxpair-4490561c
		subjects:
		  - apiGroup: rbac.authorization.k8s.io
		    kind: User
		    name: jane
		---
		apiVersion: rbac.authorization.k8s.io/v1
		kind: ClusterRole
		metadata:
		  name: pxpair-ec5d80f3
		rules:
		  - apiGroups:
		      - ""
		    resources:
		      - nodes
		      - pods
		    verbs:
		      - list
		---
		apiVersion: rbac.authorization.k8s.io/v1
		kind: ClusterRoleBinding
		metadata:
		  name: pxpair-ec5d80f3
		roleRef:
		  apiGroup: rbac.authorization.k8s.io
		  kind: ClusterRole
		  name: pxpair-ec5d80f3
		subjects:
		  - apiGroup: rbac.authorization.k8s.io
		    kind: User
		    name: jane
		"
	`);
});

test('a right that is for one object is not given for others', () => {
	const text = smallestRole([getNamespace, getExec, createExec], { user: 'jane', absent: none });
	expect(rulesIn(text)).toMatchInlineSnapshot(`
		"  - apiGroups:
		      - ""
		    resources:
		      - pods/exec
		    verbs:
		      - get
		      - create
		  - apiGroups:
		      - ""
		    resources:
		      - namespaces
		    resourceNames:
		      - demo
		    verbs:
		      - get
		"
	`);
});

test('a namespace that is not there is made, instead of a right to make any', () => {
	const text = smallestRole([makeNamespace, getPair], { user: 'jane', absent: ['demo'] });
	expect(kindsIn(text)).toEqual(['Namespace', 'Role', 'RoleBinding']);
	expect(text).not.toContain('namespaces\n');
	expect(kindsIn(smallestRole([makeNamespace], { user: 'jane', absent: ['demo'] }))).toEqual(['Namespace']);
});

test('one that nothing is asked in is left alone', () => {
	const text = smallestRole([listNodes, getNamespace], { user: 'jane', absent: ['demo'] });
	expect(kindsIn(text)).toEqual(['ClusterRole', 'ClusterRoleBinding']);
});

test('what is for another plan or another person has another name, so neither is overwritten', () => {
	const names = [
		smallestRole([listNodes], { user: 'jane', absent: none }),
		smallestRole([listNodes], { user: 'john', absent: none }),
		smallestRole([listPods], { user: 'jane', absent: none }),
		smallestRole([listNodes], { user: 'jane', absent: none }),
	].map(text => /name: (pxpair-[0-9a-f]{8})\n/.exec(text)?.[1]);
	expect(new Set(names).size).toBe(3);
	expect(names[0]).toBe(names[3]);
});

test('a name that YAML would take for something else stays a name', () => {
	const text = smallestRole([{ ...getPair, name: '1234', namespace: 'true' }], {
		user: 'a: b',
		absent: none,
	});
	expect(text).toContain('- "1234"');
	expect(text).toContain('namespace: "true"');
	expect(text).toContain('name: "a: b"');
});

test('a right in words', () => {
	expect(
		[listNodes, listPods, getNamespace, createExec, getPair].map(right => describePermission(right)),
	).toEqual([
		'list nodes',
		'list pods in all namespaces',
		'get namespaces demo',
		'create pods/exec in portworx',
		'get clusterpairs remote in demo',
	]);
	expect(describePermission(watchPairs, 'events, clusterpairs')).toBe('watch events, clusterpairs in demo');
});

test('the same right for several ends is one right, for all of them and the gravest', () => {
	const undo: Permission = { ...getPair, why: 'undo', for: 'undo', unlessNamespace: 'demo' };
	const help: Permission = { ...getPair, why: 'tell more', for: 'help' };
	expect(joinPermissions([help, undo, getPair, getPair, watchPairs])).toEqual([
		{ ...getPair, why: 'tell more, and to undo, and to see it', for: 'run' },
		watchPairs,
	]);
	expect(joinPermissions([undo, undo])).toEqual([undo]);
	expect(joinPermissions([undo, getPair])).toEqual([{ ...getPair, why: 'undo, and to see it', for: 'run' }]);
	expect(joinPermissions([getPair, { ...getPair, side: 'destination' }])).toHaveLength(2);
});

const kindsIn = (text: string) => [...text.matchAll(/^kind: (.*)$/gm)].map(match => match[1]);
const rulesIn = (text: string) =>
	[...text.matchAll(/^rules:\n((?: .*\n)+)/gm)].map(match => match[1]).join('');
