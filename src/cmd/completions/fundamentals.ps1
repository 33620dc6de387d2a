# Completion for PowerShell; made by `fundamentals completions powershell`.

Register-ArgumentCompleter -Native -CommandName fundamentals -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $words = @(
        $commandAst.CommandElements |
            Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
            ForEach-Object {
                # The text is handed over as it is: nothing on the line is evaluated.
                if ($_ -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $_.Value }
                else { $_.Extent.Text }
            }
    )
    # Older versions lose an empty argument.
    $options = @()
    if ($wordToComplete) { $words += "$wordToComplete" } else { $options += '--new-word' }

    & (Get-Command -CommandType Application -Name fundamentals | Select-Object -First 1) complete @options '--' @words 2>$null |
        Where-Object { -not $_.StartsWith(':') } |
        ForEach-Object {
            $value, $help = $_ -split "`t", 2
            if (-not $help) { $help = $value }
            [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $help)
        }
}
