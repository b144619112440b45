# Writes one query's rows as CSV, read-only. NOT VERIFIED ON WINDOWS: read it, and try it on a copy of the company first.
#
#   powershell.exe -File sage-odbc.ps1 -Job <job file> -Query <its name> -Out <file to write>
#
# Sage's ODBC source is 32-bit: this runs in C:\Windows\SysWOW64\WindowsPowerShell\v1.0\powershell.exe. It sends one SELECT of one listed table and
# nothing else. Its user and password are those of a Sage user; they lie encrypted for this Windows user alone in the file that "credential" names,
# made once, as the user the agent runs as, by:  Get-Credential | Export-Clixml <file>
# It answers {"rows": n} on its last line. An exit code other than 0 says that the file is not to be used.
param(
  [Parameter(Mandatory = $true)][string]$Job,
  [Parameter(Mandatory = $true)][string]$Query,
  [Parameter(Mandatory = $true)][string]$Out
)
$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 2.0
$plain = [Globalization.CultureInfo]::InvariantCulture

# A number with a point, a date as 11/22/2026, yes and no as 1 and 0; nothing stays nothing.
function Format-Value($value) {
  if ($null -eq $value -or $value -is [DBNull]) { return '' }
  if ($value -is [DateTime]) { return $value.ToString('MM/dd/yyyy', $plain) }
  if ($value -is [bool]) { if ($value) { return '1' } else { return '0' } }
  if ($value -is [IFormattable]) { return $value.ToString($null, $plain) }
  return [string]$value
}

function Format-Cell([string]$text) {
  if ($text -match '[",\r\n]' -or $text -ne $text.Trim()) { return '"' + $text.Replace('"', '""') + '"' }
  return $text
}

$settings = Get-Content -Raw -Encoding UTF8 -LiteralPath $Job | ConvertFrom-Json
$wanted = @($settings.queries | Where-Object { $_.name -ceq $Query })
if ($wanted.Count -ne 1) { throw "The job file has no query $Query." }
$sql = [string]$wanted[0].sql

# The agent has looked at this already; nothing is sent that only one of the two would let through.
if ($sql -match ';|--|/\*' -or $sql -notmatch '(?i)^\s*SELECT\s' -or ([regex]::Matches($sql, '(?i)\bSELECT\b')).Count -ne 1) {
  throw 'The query is not one SELECT.'
}
if ($sql -notmatch '(?i)\sFROM\s+"?(\w+)"?\s*(WHERE\s.*|ORDER\s+BY\s.*)?$') { throw 'The query names more than one table.' }
if (@($settings.tables) -cnotcontains $Matches[1]) { throw "The table $($Matches[1]) is not listed." }

$login = Import-Clixml -LiteralPath $settings.credential
$connection = New-Object System.Data.Odbc.OdbcConnection
$connection.ConnectionString = "DSN=$($settings.dsn);UID=$($login.UserName);PWD=$($login.GetNetworkCredential().Password)"
$connection.ConnectionTimeout = 30
$writer = New-Object IO.StreamWriter($Out, $false, (New-Object Text.UTF8Encoding($false)))
$rows = 0
try {
  $connection.Open()
  $command = $connection.CreateCommand()
  $command.CommandText = $sql
  $command.CommandTimeout = [int]$settings.timeoutSeconds
  $reader = $command.ExecuteReader()
  $columns = @(0..($reader.FieldCount - 1))
  $writer.Write((($columns | ForEach-Object { Format-Cell $reader.GetName($_) }) -join ',') + "`r`n")
  while ($reader.Read()) {
    if ($rows -ge [int]$settings.maxRows) { throw "There are more than $($settings.maxRows) rows." }
    $writer.Write((($columns | ForEach-Object { Format-Cell (Format-Value $reader.GetValue($_)) }) -join ',') + "`r`n")
    $rows++
  }
  $reader.Close()
} finally {
  $writer.Close()
  $connection.Close()
}
Write-Output "{`"rows`": $rows}"
exit 0
