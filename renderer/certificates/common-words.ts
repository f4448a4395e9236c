/**
 * Words that stand in many passwords, the most frequent first; enough to recognise the usual ones of administrators
 * in English and German. Full dictionaries weigh megabytes and change little for a password typed this rarely.
 */
export const commonWords: readonly string[] = (
  "password passwort 123456 12345678 qwerty qwertz admin welcome willkommen letmein start start123 changeme geheim " +
  "secret hallo hello test temp default root master login access user kennwort summer sommer winter spring autumn " +
  "herbst fruehling fruehjahr monday montag january januar february februar march maerz april may mai june juni july " +
  "juli august september october oktober november december dezember microsoft windows office exchange outlook azure " +
  "entra cloud iam ipg server connect connector certificate zertifikat pfx pkcs export import rollout production " +
  "produktion company firma contoso fabrikam monkey dragon football fussball baseball shadow sunshine princess " +
  "iloveyou superman batman trustno1 computer internet service system backup support berlin wien zurich zuerich " +
  "muenchen hamburg vienna london security sicherheit team chef boss love liebe schatz baby blume katze hund " +
  "michael thomas daniel andreas stefan martin peter anna maria sandra petra guest gast demo sample key schluessel " +
  "abc123 qwe123 asdf yxcv zxcv p@ssword passw0rd pass word super neu new alt old abcd money geld bayern mustang"
).split(" ");
