@echo off
rem Finds JDK 25 and starts launcher\Fluxion.java on it, which does the rest.
rem Untested: it mirrors the shell script fluxion, which is tried on Linux only.
setlocal
set "root=%~dp0"
set "root=%root:~0,-1%"

rem The build chooses the JDK and writes its home to a file; ask it where the file is missing or old.
call :read_jdk
if exist "%jdk%\bin\java.exe" goto start
if not exist "%root%\target" mkdir "%root%\target"
pushd "%root%"
call mvn -B -q -N initialize > "%root%\target\find-jdk.log" 2>&1 < nul
popd
call :read_jdk
if exist "%jdk%\bin\java.exe" goto start
findstr /c:"No JDK 25 found" "%root%\target\find-jdk.log" 1>&2 || echo fluxion: finding the JDK failed; see %root%\target\find-jdk.log 1>&2
exit /b 1

:start
"%jdk%\bin\java" "%root%\launcher\Fluxion.java" "%root%" %*
exit /b %errorlevel%

:read_jdk
set "jdk=none"
if exist "%root%\target\jdk-home" set /p jdk=<"%root%\target\jdk-home"
exit /b 0
