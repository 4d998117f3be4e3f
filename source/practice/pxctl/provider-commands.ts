import { type PracticeProvider, practiceProviders } from './providers.ts';

const rows = Object.entries(practiceProviders);
const flags = rows.flatMap(([, row]) => Object.entries(row.flags));

/** In the words of a store that no one knows more of. */
const refusal = 'AccessDenied: Access Denied. status code: 403';

/** What the pretend pxctl knows of its providers, as shell functions made of their rows. */
export const providerCommands = `is_provider_flag() {
	case $1 in
${arm(
	flags.map(([flag]) => flag),
	'return 0',
)}
	esac
	return 1
}

is_provider_switch() {
	case $1 in
${arm(
	rows.flatMap(([, { switches = [] }]) => switches),
	'return 0',
)}
	esac
	return 1
}

take_provider_flag() {
	case $flag in
${flags.flatMap(([flag, { as }]) => (as ? arm([flag], `${as}=$value`) : [])).join('\n')}
	esac
}

demand_all() {
	case $provider in
${rows.map(([name, row]) => arm([name], demands(row))).join('\n')}
	*) fail 'createCred: Must supply a provider: ${rows.map(([name]) => name).join(', ')}' ;;
	esac
}

all_providers='${rows.map(([name]) => name).join(' ')}'

title_of() {
	case $1 in
${rows.map(([name, { title }]) => arm([name], `title=${quoted(title)}`)).join('\n')}
	esac
}

refuse_account() {
	case $provider in
${rows.map(([name, { refusals }]) => arm([name], `echo ${quoted(refusals?.account ?? refusal)}`)).join('\n')}
	esac
}

refuse_secret() {
	case $provider in
${rows.map(([name, { refusals }]) => arm([name], `echo ${quoted(refusals?.secret ?? refusal)}`)).join('\n')}
	esac
}
`;

function arm(patterns: readonly string[], does: string): string {
	return `	${patterns.join(' | ')}) ${does} ;;`;
}

function demands({ flags }: PracticeProvider): string {
	const needed = Object.values(flags).flatMap(({ as, needed }) =>
		as && needed ? [`demand "$${as}" ${quoted(needed)}`] : [],
	);
	return [':', ...needed].join('; ');
}

/** For a shell, which still puts in what a `$` names. */
function quoted(text: string): string {
	return `"${text.replace(/[\\"`]/g, '\\$&')}"`;
}
