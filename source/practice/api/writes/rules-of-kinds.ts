import { omit, recordOf } from '../json.ts';
import { labelProblems, subdomainProblems } from '../names.ts';
import {
	frozenBut,
	immutable,
	isChanged,
	named,
	never,
	not,
	oneOf,
	type Rules,
	required,
	unique,
} from './rules.ts';
import { jobRestarts, podFrozen, podRules, port, protocol } from './rules-of-pods.ts';
import { bindingRules, ruleProblems } from './rules-of-rights.ts';
import {
	accessProblems,
	addressProblems,
	claimFrozen,
	contentProblems,
	externalNameProblems,
	ingressProblems,
	isMisnamed,
	nodePortProblems,
	portProblems,
	portsProblems,
	selectorChange,
	storageProblems,
	typeProblems,
	workloadRules,
} from './value-checks.ts';

const changeableOfSets = [
	'replicas',
	'ordinals',
	'template',
	'updateStrategy',
	'persistentVolumeClaimRetentionPolicy',
	'minReadySeconds',
];
const sealed = 'field is immutable when `immutable` is set';
const sealedContent = never(
	(value, place) => place.before?.immutable === true && isChanged(value, place),
	sealed,
);
const whenSealed: Rules = [
	['immutable', never((value, { before }) => before?.immutable === true && value !== true, sealed)],
	['data', sealedContent],
	['binaryData', sealedContent],
];

/** https://github.com/kubernetes/kubernetes/tree/v1.31.4/pkg/apis: the `validation` of each group. */
export const rulesOfKinds: Readonly<Record<string, Rules>> = {
	clusterrolebindings: bindingRules('ClusterRole'),
	clusterroles: [['rules[*]', ruleProblems]],
	configmaps: [['data', contentProblems], ...whenSealed],
	cronjobs: [
		['spec.schedule', required()],
		['spec.concurrencyPolicy', oneOf('Allow', 'Forbid', 'Replace')],
		['spec.jobTemplate.spec.template.spec', podRules],
		['spec.jobTemplate.spec.template.spec.restartPolicy', jobRestarts],
	],
	customresourcedefinitions: [
		['metadata.name', not(isMisnamed, 'must be spec.names.plural+"."+spec.group')],
		['spec.scope', required(), oneOf('Cluster', 'Namespaced')],
		['spec.versions[*]', [['schema.openAPIV3Schema', required('schemas are required')]]],
	],
	daemonsets: workloadRules('daemonset'),
	deployments: [
		...workloadRules('deployment'),
		[
			'spec.strategy.rollingUpdate',
			never(
				(value, { holder }) => value !== undefined && holder.type === 'Recreate',
				"may not be specified when strategy `type` is 'Recreate'",
			),
		],
		['spec.selector', selectorChange],
	],
	ingresses: [['spec', ingressProblems]],
	jobs: [
		['spec.template.spec', podRules],
		['spec.template.spec.restartPolicy', jobRestarts],
	],
	persistentvolumeclaims: [
		['spec.accessModes', required('at least 1 access mode is required'), accessProblems],
		['spec.resources.requests.storage', storageProblems],
		['spec', claimFrozen],
	],
	persistentvolumes: [
		['spec.capacity', required()],
		['spec.accessModes', required(), accessProblems],
		['spec.persistentVolumeReclaimPolicy', oneOf('Delete', 'Recycle', 'Retain')],
	],
	pods: [['spec', podRules, podFrozen]],
	replicasets: workloadRules('deployment'),
	rolebindings: bindingRules('Role', 'ClusterRole'),
	roles: [['rules[*]', ruleProblems]],
	secrets: [['data', contentProblems, typeProblems], ['type', immutable], ...whenSealed],
	services: [
		['spec.ports', portsProblems],
		[
			'spec.ports[*]',
			[
				['name', named(labelProblems), unique],
				['port', portProblems],
				['protocol', protocol],
				['targetPort', port],
				['nodePort', nodePortProblems],
			],
		],
		['spec.type', oneOf('ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort')],
		['spec.sessionAffinity', oneOf('ClientIP', 'None')],
		['spec.externalName', externalNameProblems, named(subdomainProblems)],
		['spec.clusterIP', addressProblems],
	],
	statefulsets: [
		...workloadRules('statefulset'),
		[
			'spec',
			frozenBut(
				spec => omit(recordOf(spec), changeableOfSets),
				"updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
			),
		],
	],
	storageclasses: [
		['provisioner', required()],
		...['parameters', 'provisioner', 'reclaimPolicy'].map(
			field => [field, never(isChanged, `updates to ${field} are forbidden.`)] as const,
		),
		['reclaimPolicy', oneOf('Delete', 'Retain')],
		['volumeBindingMode', oneOf('Immediate', 'WaitForFirstConsumer'), immutable],
	],
};
