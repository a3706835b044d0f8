package main

import (
	"debug/elf"
	"debug/macho"
	"debug/pe"
	"fmt"
)

// inspect reads the header of a program, and refuses a program that another system or processor is for. A program for
// Linux must be static, so that it runs with glibc, with musl and in an empty container.
func inspect(p platform, path string) error {
	var err error
	switch p.goos {
	case "linux":
		err = inspectELF(p, path)
	case "darwin":
		err = inspectMachO(p, path)
	case "windows":
		err = inspectPE(p, path)
	default:
		err = fmt.Errorf("the format of %s is unknown", p.goos)
	}
	if err != nil {
		return fmt.Errorf("%s is not a program for %s: %w", path, p.name, err)
	}
	return nil
}

func inspectELF(p platform, path string) error {
	file, err := elf.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	want := map[string]elf.Machine{"amd64": elf.EM_X86_64, "arm64": elf.EM_AARCH64}[p.goarch]
	if file.Machine != want {
		return fmt.Errorf("its processor is %s", file.Machine)
	}
	for _, part := range file.Progs {
		if part.Type == elf.PT_INTERP || part.Type == elf.PT_DYNAMIC {
			return fmt.Errorf("it is not static (%s)", part.Type)
		}
	}
	return nil
}

func inspectMachO(p platform, path string) error {
	file, err := macho.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	want := map[string]macho.Cpu{"amd64": macho.CpuAmd64, "arm64": macho.CpuArm64}[p.goarch]
	switch {
	case file.Cpu != want:
		return fmt.Errorf("its processor is %s", file.Cpu)
	case file.Type != macho.TypeExec:
		return fmt.Errorf("its type is %s", file.Type)
	case p.goarch == "arm64" && !signed(file):
		return fmt.Errorf("it has no signature, which macOS demands on arm64")
	}
	return nil
}

// signed reports whether a program has a code signature. Go's linker makes one for arm64.
func signed(file *macho.File) bool {
	const codeSignature = 0x1d // LC_CODE_SIGNATURE of <mach-o/loader.h>
	for _, load := range file.Loads {
		if raw := load.Raw(); len(raw) >= 4 && file.ByteOrder.Uint32(raw) == codeSignature {
			return true
		}
	}
	return false
}

func inspectPE(p platform, path string) error {
	file, err := pe.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	if want := map[string]uint16{"amd64": pe.IMAGE_FILE_MACHINE_AMD64}[p.goarch]; file.Machine != want {
		return fmt.Errorf("its processor is %#x", file.Machine)
	}
	header, ok := file.OptionalHeader.(*pe.OptionalHeader64)
	if !ok || header.Subsystem != pe.IMAGE_SUBSYSTEM_WINDOWS_CUI {
		return fmt.Errorf("it is not a 64-bit program for a console")
	}
	return nil
}
