package cli

import (
	"reflect"
	"slices"
	"strings"
)

// forms are what --json prints, by verb. docs/command-line.md says what each field means.
var forms = map[string]any{
	"list": keyJSON{}, "show": keyJSON{}, "check": healthJSON{}, "doctor": findingJSON{}, "log": eventJSON{},
	"key list": appKeyJSON{}, "provider list": providerJSON{}, "provider show": providerJSON{},
}

// fieldNames lists the fields that a verb prints with --json, "" where it prints none. Of an object its parts are named alone.
func fieldNames(verb string) string {
	form, has := forms[verb]
	if !has {
		return ""
	}
	names := fieldsOf(reflect.TypeOf(form), "")
	return strings.Join(slices.DeleteFunc(slices.Clone(names), func(name string) bool {
		return slices.ContainsFunc(names, func(other string) bool { return strings.HasPrefix(other, name+".") })
	}), ", ")
}

// fieldsOf lists the fields of a form as they are written, those of an object in it behind its name and a dot.
func fieldsOf(form reflect.Type, before string) []string {
	var names []string
	for n := range form.NumField() {
		field := form.Field(n)
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		names = append(names, before+name)
		if field.Type.Kind() == reflect.Struct {
			names = append(names, fieldsOf(field.Type, before+name+".")...)
		}
	}
	return names
}
