import { notFoundValue, requiredValue } from '../failures.ts';
import { listOf, omit, recordOf } from '../json.ts';
import { labelProblems, variableProblems } from '../names.ts';
import {
	between,
	type Check,
	frozenBut,
	named,
	nonNegative,
	not,
	oneOf,
	type Rules,
	required,
	unique,
} from './rules.ts';

export const port = between(1, 65_535);
export const protocol = oneOf('SCTP', 'TCP', 'UDP');

const container: Rules = [
	['name', required(), named(labelProblems), unique],
	['image', required(), not(isPadded, 'must not have leading or trailing whitespace')],
	[
		'ports[*]',
		[
			['name', named(labelProblems), unique],
			['containerPort', required(), port],
			['hostPort', port],
			['protocol', protocol],
		],
	],
	['env[*]', [['name', required(), named(variableProblems)]]],
	['volumeMounts[*]', [['mountPath', required(), unique]]],
	['imagePullPolicy', oneOf('Always', 'IfNotPresent', 'Never')],
];

/** Of a `spec` that makes a Pod. */
export const podRules: Rules = [
	['volumes[*]', [['name', required(), named(labelProblems), unique]]],
	['containers', required()],
	['containers[*]', container, mountProblems],
	['initContainers[*]', container, mountProblems],
	['restartPolicy', oneOf('Always', 'OnFailure', 'Never')],
	['dnsPolicy', oneOf('ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None')],
	['terminationGracePeriodSeconds', nonNegative],
];

const changeable = [
	'spec.containers[*].image',
	'spec.initContainers[*].image',
	'spec.activeDeadlineSeconds',
	'spec.tolerations',
	'spec.terminationGracePeriodSeconds',
];

/** What is compared is the rest. */
export const podFrozen = frozenBut(
	spec => ({
		...omit(recordOf(spec), ['activeDeadlineSeconds', 'tolerations', 'terminationGracePeriodSeconds']),
		containers: listOf(recordOf(spec).containers).map(one => omit(one, ['image'])),
		initContainers: listOf(recordOf(spec).initContainers).map(one => omit(one, ['image'])),
	}),
	`pod updates may not change fields other than ${changeable.map(field => `\`${field}\``).join(',')}`,
);

/** Some controllers keep their Pods up whatever these say, others never do. */
export const jobRestarts: Check = place =>
	(place.value ?? 'Always') === 'Always'
		? [requiredValue(place.field, 'valid values: "OnFailure", "Never"')]
		: oneOf('OnFailure', 'Never')(place);

function isPadded(image: unknown): boolean {
	return String(image).trim() !== image;
}

function mountProblems({ field, value, holder }: Parameters<Check>[0]) {
	const volumes = listOf(holder.volumes).map(({ name }) => name);
	return listOf(recordOf(value).volumeMounts).flatMap(({ name }, index) => {
		const at = `${field}.volumeMounts[${index}].name`;
		if (!name) return [requiredValue(at)];
		return volumes.includes(name) ? [] : [notFoundValue(at, name)];
	});
}
