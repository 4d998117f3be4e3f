/** `pxctl credentials …`, as shell functions of the pretend pxctl. What is kept of a secret is its checksum. */
export const credentialCommands = `credentials() {
	subcommand=$1
	[ $# -gt 0 ] && shift
	[ ! -f "$var/secrets-closed" ] || fail 'Not authenticated with the secrets endpoint'
	case $subcommand in
	create | c) credential_create "$@" ;;
	list | l) credential_list ;;
	validate | v) credential_validate "$@" ;;
	delete | d) credential_delete "$@" ;;
	*) fail "unknown command \\"$subcommand\\" for \\"pxctl credentials\\"" ;;
	esac
}

credential_create() {
	name= provider= account= secret= region= endpoint= storage_class= path_style=yes bucket= ssl=true iam= key_file=
	while [ $# -gt 0 ]; do
		case $1 in
		--disable-path-style) path_style=no; shift; continue ;;
		--s3-disable-ssl) ssl=false; shift; continue ;;
		--use-iam | --use-workload-identity) iam=yes; shift; continue ;;
		--use-proxy) shift; continue ;;
		--*=*) flag=\${1%%=*} value=\${1#*=}; shift ;;
		-*)
			! is_provider_switch "$1" || { shift; continue; }
			flag=$1 value=$2
			known_flag "$flag"
			[ $# -ge 2 ] || usage_error "flag needs an argument: $flag"
			shift 2
			;;
		*)
			[ -z "$name" ] || usage_error 'accepts 1 arg(s), received 2'
			name=$1
			shift
			continue
			;;
		esac
		known_flag "$flag"
		take_flag
	done
	complete
	case $name in '' | .* | *[!A-Za-z0-9._-]*) fail 'createCred: invalid credential name' ;; esac
	file=$var/credentials/$name
	[ ! -f "$file" ] || fail "createCred: credential with name $name already exists"
	case $region$endpoint$account$bucket$storage_class in *"$newline"*) fail 'createCred: invalid parameter' ;; esac
	why=$(ask_store)
	[ -z "$why" ] || fail "createCred: error validating credential during create: $why"
	new_uuid
	fingerprint=$(printf %s "$secret" | cksum)
	[ -z "$key_file" ] || fingerprint=$(cksum < "$key_file")
	# noclobber: of two that create the same name at once, one fails.
	(set -C; printf '%s\\n' "$name" "$uuid" "$provider" "$account" "$region" "$endpoint" "$storage_class" "$path_style" "$bucket" \\
		"$ssl" "\${fingerprint%% *}" > "$file") 2> /dev/null || fail "createCred: credential with name $name already exists"
	if [ "$knows_names" = yes ]; then
		echo "Credentials created successfully, UUID:$uuid"
	else
		echo 'Credentials created successfully'
	fi
}

known_flag() {
	case $1 in
	--s3-storage-class) [ "$knows_storage_class" = yes ] || usage_error "unknown flag: $1" ;;
	--provider | --bucket | --encryption-passphrase) ;;
	*) is_provider_flag "$1" || usage_error "unknown flag: $1" ;;
	esac
}

take_flag() {
	case $flag in
	--provider) provider=$value ;;
	--bucket) bucket=$value ;;
	*) take_provider_flag ;;
	esac
}

usage_error() {
	echo "Error: $1" >&2
	echo 'Usage:' >&2
	fail '  pxctl credentials create [flags]'
}

complete() {
	case $provider$iam in
	s3yes | azureyes | googleyes) return ;;
	esac
	demand_all
	[ -z "$key_file" ] || read_key_file
}

demand() {
	[ -n "$1" ] || fail "createCred: Must supply $2"
}

# The path is one of the pod's: what is not below the practice root yet is looked for there.
read_key_file() {
	shown=\${key_file#"$root"}
	key_file=$root$shown
	[ -f "$key_file" ] || fail "createCred: open $shown: no such file or directory"
	secret=$(tr -d ' \\t\\r\\n' < "$key_file")
	[ "$provider" != google ] || service_account
}

service_account() {
	case $secret in
	'{'*'}') ;;
	*) fail 'createCred: error validating credential during create: google: could not parse JSON key: unexpected end of JSON input' ;;
	esac
	case $secret in
	*'"type":"service_account"'*) ;;
	*) fail 'createCred: error validating credential during create: google: the JSON key is not of a service_account' ;;
	esac
}

new_uuid() {
	read -r uuid 2> /dev/null < /proc/sys/kernel/random/uuid || uuid=$(uuidgen)
}

credential_list() {
	if [ -n "$json" ]; then
		list_json
		return
	fi
	for wanted in $all_providers; do
		title=
		for file in "$var"/credentials/*; do
			load "$file" && [ "$provider" = "$wanted" ] || continue
			[ -n "$title" ] || list_title
			list_row
		done
	done
}

# One row, in the columns of its section: newer versions have names, buckets and the throughput as well.
list_row() {
	row=$uuid
	[ "$knows_names" != yes ] || row=$row$tab$name
	case $wanted in
	s3) row=$row$tab$region$tab$endpoint$tab$account$tab$ssl\${tab}false ;;
	*) row=$row$tab$account\${tab}false ;;
	esac
	[ "$knows_names" != yes ] || row=$row$tab\${bucket:-<nil>}\${tab}0
	echo "$row"
}

list_title() {
	title_of "$wanted"
	echo "$title"
	row=UUID
	[ "$knows_names" != yes ] || row=$row\${tab}NAME
	case $wanted in
	s3) row="$row\${tab}REGION\${tab}ENDPOINT\${tab}ACCESS KEY\${tab}SSL ENABLED\${tab}ENCRYPTION" ;;
	azure) row="$row\${tab}ACCOUNT NAME\${tab}ENCRYPTION" ;;
	*) row="$row\${tab}PROJECT ID\${tab}ENCRYPTION" ;;
	esac
	[ "$knows_names" != yes ] || row="$row\${tab}BUCKET\${tab}WRITE THROUGHPUT (KBPS)"
	echo "$row"
}

list_json() {
	comma=
	printf '['
	for file in "$var"/credentials/*; do
		load "$file" || continue
		printf '%s\\n {\\n  "uuid": "%s"\\n }' "$comma" "$uuid"
		comma=,
	done
	printf '\\n]\\n'
}

credential_validate() {
	find_credential "$1" || fail "ValidateCred: credential with name or uuid $1 not found"
	secret=
	why=$(ask_store)
	[ -z "$why" ] || fail "ValidateCred: $why"
	echo 'Credential validated successfully'
}

credential_delete() {
	find_credential "$1" || fail "Credential id $1 not found"
	rm -f "$file"
	echo 'Credential deleted successfully'
}

find_credential() {
	case $1 in '' | */*) return 1 ;; esac
	file=$var/credentials/$1
	load "$file" && return
	for file in "$var"/credentials/*; do
		load "$file" && [ "$uuid" = "$1" ] && return
	done
	return 1
}

load() {
	[ -f "$1" ] && {
		IFS= read -r name
		IFS= read -r uuid
		IFS= read -r provider
		IFS= read -r account
		IFS= read -r region
		IFS= read -r endpoint
		IFS= read -r storage_class
		IFS= read -r path_style
		IFS= read -r bucket
		IFS= read -r ssl
	} < "$1"
}
`;
